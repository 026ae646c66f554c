using System.Security.Cryptography;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Verification;

/// <summary>What a claimed segment is measured against: the source's pictures as the recipe has them before they are encoded, and what our own
/// encoder makes of them. Of all pictures only those wanted are kept.</summary>
/// <param name="claim">Which segment.</param>
/// <param name="source">The source's bytes.</param>
/// <param name="engine">This build.</param>
/// <param name="device">That pictures may be made on.</param>
/// <param name="wanted">Numbers of those that are compared.</param>
internal sealed class SegmentReference(RenditionClaim claim, IByteReader source, EngineIdentity engine, PictureDevice device, IReadOnlyList<int> wanted)
    : IDisposable
{
    /// <summary>A device's bytes are nobody's function: what it makes is held beside what the box's own encoder makes of the same pictures.</summary>
    private readonly VideoRecipe recipe = claim.Recipe.InSoftware();

    private byte[]? bytes;
    private bool isDecoded;

    /// <summary>Before encoding.</summary>
    public PictureSet Originals { get; } = new(wanted);

    /// <summary>Our own encoder's.</summary>
    public PictureSet Own { get; } = new(wanted);

    /// <summary>Lower-case hexadecimal, of our own bytes.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(bytes!));

    /// <summary>Whether libav met damage in the source on the way: other builds conceal it otherwise.</summary>
    public bool SourceIsDamaged { get; private set; }

    /// <summary>Makes the segment anew; once.</summary>
    /// <param name="cancellationToken">Looked at between pictures.</param>
    /// <exception cref="TranscodeException">The source, or what the recipe names, cannot be had here.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public void Make(CancellationToken cancellationToken)
    {
        if (bytes is not null)
        {
            return;
        }

        try
        {
            bytes = Encode(cancellationToken);
        }
        catch (Exception exception)
        {
            throw Failures.Of(exception, FailureStage.Encode);
        }
    }

    /// <summary>Decodes what was made.</summary>
    /// <inheritdoc cref="Make"/>
    public void Decode(CancellationToken cancellationToken)
    {
        if (isDecoded)
        {
            return;
        }

        isDecoded = true;
        Rejection? fault;
        try
        {
            byte[] init = InitSegment.Make(claim.Source, recipe, () => throw new InvalidOperationException("A recipe of pictures needs no source."));
            fault = new RenditionReader(claim with { Recipe = recipe }, cancellationToken).Read(new HeldBytes(init), new HeldBytes(bytes!), Own);
        }
        catch (Exception exception)
        {
            throw Failures.Of(exception, FailureStage.Decode);
        }

        if (fault is not null)
        {
            throw new TranscodeException(FailureStage.Decode, FailureCause.Internal, $"Our own segment cannot be compared with: {fault.Reason}");
        }
    }

    public void Dispose()
    {
        Originals.Dispose();
        Own.Dispose();
    }

    private byte[] Encode(CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        (WorkReport? Report, Exception? Failure) end = default;
        using VideoSegment segment = VideoSegment.For(new SegmentOrder(claim.Source, recipe, claim.Index), engine, device)
            ?? throw new TranscodeException(FailureStage.Source, FailureCause.OutOfRange, $"There is no segment {claim.Index} of pictures.");
        segment.TryJoin(new(recipe, chunk => output.Write(chunk.Span), (report, failure) => end = (report, failure), GivesWay: false, cancellationToken)
        {
            OnPicture = picture => Originals.Offer((int)picture.Pts!.Value, picture),
        });
        var counted = new CountingReader(source);
        SourceReader? opened = null;
        try
        {
            segment.Make(() => opened = SourceReader.Open(counted), counted);
        }
        finally
        {
            opened?.Dispose();
        }

        SourceIsDamaged = segment.SourceIsDamaged;
        return end.Report is null ? throw end.Failure! : output.ToArray();
    }

    /// <summary>Bytes of our own making.</summary>
    private sealed class HeldBytes(byte[] held) : IByteReader
    {
        public string Fingerprint => "own";

        public long Length => held.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            int count = (int)Math.Clamp(held.Length - offset, 0, buffer.Length);
            held.AsSpan((int)Math.Min(offset, held.Length), count).CopyTo(buffer);
            return count;
        }
    }
}
