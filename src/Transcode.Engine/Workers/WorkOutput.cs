using System.Security.Cryptography;

namespace Transcode.Engine.Workers;

/// <summary>The bytes of one order on their way to whoever asked. Every further attempt must begin with the very
/// bytes that were delivered already; they are checked and not delivered again.</summary>
internal sealed class WorkOutput(Func<ReadOnlyMemory<byte>, ValueTask> onChunk) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] deliveredHash = [];
    private long delivered;

    /// <summary>In this attempt.</summary>
    public long Received { get; private set; }

    /// <summary>Whether this attempt began with other bytes than the first.</summary>
    public bool IsDifferent { get; private set; }

    /// <summary>A worker begins again from the first byte.</summary>
    public void BeginAttempt()
    {
        byte[] soFar = hash.GetHashAndReset();
        if (Received == delivered)
        {
            deliveredHash = soFar;
        }

        // Otherwise the last attempt ended before it had caught up: what was delivered before still counts.
        Received = 0;
    }

    /// <summary>Takes the next bytes of the attempt; returns when they are delivered.</summary>
    /// <exception cref="TranscodeException">The attempt's bytes are not those delivered before.</exception>
    public async Task TakeAsync(ReadOnlyMemory<byte> piece)
    {
        int known = (int)Math.Min(piece.Length, delivered - Received);
        if (known > 0)
        {
            hash.AppendData(piece.Span[..known]);
            Received += known;
            if (Received < delivered)
            {
                return;
            }

            if (!hash.GetCurrentHash().AsSpan().SequenceEqual(deliveredHash))
            {
                IsDifferent = true;
                throw Different();
            }
        }

        ReadOnlyMemory<byte> fresh = piece[known..];
        if (!fresh.IsEmpty)
        {
            hash.AppendData(fresh.Span);
            Received += fresh.Length;
            delivered = Received;
            await onChunk(fresh).ConfigureAwait(false);
        }
    }

    /// <summary>Requires that the attempt gave all its report says.</summary>
    /// <exception cref="TranscodeException">It did not.</exception>
    public void Finish(WorkReport report)
    {
        if (Received < delivered)
        {
            throw Different();
        }

        if (report.BytesOut != Received || report.Sha256 != Convert.ToHexStringLower(hash.GetCurrentHash()))
        {
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, "A worker's report does not fit the bytes it sent.");
        }
    }

    public void Dispose() => hash.Dispose();

    private static TranscodeException Different() =>
        new(FailureStage.Worker, FailureCause.Internal, "Two attempts at the same work gave different bytes.");
}
