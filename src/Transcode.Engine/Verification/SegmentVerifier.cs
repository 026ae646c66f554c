using System.Globalization;
using System.Security.Cryptography;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Verification;

/// <summary>Says of one segment that a box made whether it is what was asked for. What the engine makes itself is compared to the byte; what another
/// build or encoder made is decoded, and drawn pictures of it are held beside our own encoder's. A function of its arguments.</summary>
/// <param name="engine">This build.</param>
/// <param name="device">That pictures may be made on.</param>
internal sealed class SegmentVerifier(EngineIdentity engine, PictureDevice device)
{
    /// <summary>By how much a segment may pass the promised rate: SVT-AV1 aims at its cap and does not hold it.</summary>
    private const double MostRate = 1.25;

    /// <summary>An initialization segment has some hundred bytes; more is no such thing.</summary>
    private const int MostInitBytes = 64 * 1024;

    /// <param name="claim">What the box says.</param>
    /// <param name="source">The source's bytes.</param>
    /// <param name="init">The rendition's initialization segment, as the box gives it; not asked for where bytes are compared.</param>
    /// <param name="media">The media segment, as the box gives it.</param>
    /// <param name="drawn">Numbers in the segment of the pictures that are looked at: see <see cref="Challenge"/>.</param>
    /// <param name="cancellationToken">Looked at between pictures.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public Verdict Verify(
        RenditionClaim claim, IByteReader source, IByteReader init, IByteReader media, IReadOnlyList<int> drawn, CancellationToken cancellationToken)
    {
        using var reference = new SegmentReference(claim, source, engine, device, [.. Compared(drawn, claim.Frames)]);
        return Verify(claim, reference, init, media, drawn, cancellationToken);
    }

    /// <summary>The same beside a reference that serves several renditions.</summary>
    internal Verdict Verify(
        RenditionClaim claim, SegmentReference reference, IByteReader init, IByteReader media, IReadOnlyList<int> drawn, CancellationToken cancellationToken)
    {
        if (claim.Source.Video is null || claim.Index < 0 || claim.Index >= claim.Source.Grid.SegmentCount)
        {
            return Verdict.CannotTell($"The source has no segment {claim.Index} of pictures.");
        }

        try
        {
            return Sha256(media, cancellationToken) != claim.Sha256
                ? Verdict.Rejected(VerificationCheck.Commitment, "These are not the bytes that were committed to.")
                : claim.Engine == engine.ToString() && claim.Recipe.Spare is null ? ByBytes(claim, reference, cancellationToken)
                : RateOf(claim, init, media) is { } much ? Verdict.Rejected(much.Check, much.Reason)
                : ByPictures(claim, reference, init, media, drawn, cancellationToken);
        }
        catch (TranscodeException exception)
        {
            return Verdict.CannotTell(exception.Failure.Message);
        }
        catch (NotSupportedException exception)
        {
            return Verdict.CannotTell(exception.Message);
        }
        catch (IOException exception)
        {
            return Verdict.CannotTell($"The rendition could not be read ({exception.Message}).");
        }
    }

    /// <summary>The drawn pictures and those beside them.</summary>
    private static IEnumerable<int> Compared(IReadOnlyList<int> drawn, int frames) =>
        drawn.Concat(drawn.SelectMany(number => PictureComparison.Neighbours(number, frames))).Distinct();

    private static Verdict ByBytes(RenditionClaim claim, SegmentReference reference, CancellationToken cancellationToken)
    {
        reference.Make(cancellationToken);
        return reference.Sha256 == claim.Sha256
            ? Verdict.Accepted(VerificationCheck.Bytes, "The same bytes come out here.")
            : Verdict.Rejected(VerificationCheck.Bytes, $"This engine makes other bytes of it, {reference.Sha256}.");
    }

    private static Verdict ByPictures(
        RenditionClaim claim, SegmentReference reference, IByteReader init, IByteReader media, IReadOnlyList<int> drawn, CancellationToken cancellationToken)
    {
        using var pictures = new PictureSet(Compared(drawn, claim.Frames));
        if (new RenditionReader(claim, cancellationToken).Read(init, media, pictures) is { } wrong)
        {
            return Verdict.Rejected(wrong.Check, wrong.Reason);
        }

        reference.Make(cancellationToken);
        if (reference.Sha256 == claim.Sha256)
        {
            return Verdict.Accepted(VerificationCheck.Bytes, "The same bytes come out here.");
        }

        reference.Decode(cancellationToken);
        var comparison = new PictureComparison(claim, reference, pictures);
        FrameFigures[] figures = [.. drawn.Select(comparison.Of)];
        return LikenessRule.For(claim.Recipe.OwnEncoder).First(figures) is not { } worse ? Verdict.Accepted(null, "Every check passed.", figures)
            : reference.SourceIsDamaged ? Verdict.CannotTell($"The source is damaged, which every build conceals in its own way. {worse.Reason}", figures)
            : Verdict.Rejected(worse.Check, worse.Reason, figures);
    }

    private static Rejection? RateOf(RenditionClaim claim, IByteReader init, IByteReader media)
    {
        double most = MostRate * Promise.VideoSegmentBits(claim.Recipe, claim.Source.Grid, claim.Frames);
        return init.Length > MostInitBytes ? new(VerificationCheck.Container, $"Its initialization segment has {init.Length} bytes.")
            : media.Length * 8 > most
                ? new(VerificationCheck.Rate, string.Create(
                    CultureInfo.InvariantCulture, $"It has {media.Length * 8 / 1000} kbit; {most / 1000:F0} are the most that the recipe promises and a quarter."))
            : null;
    }

    private static string Sha256(IByteReader media, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        for (long offset = 0; media.Read(offset, buffer) is > 0 and int got; offset += got)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, got);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
