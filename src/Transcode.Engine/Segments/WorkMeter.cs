using System.Diagnostics;
using System.Security.Cryptography;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Counts and hashes what one order gives, on its way out, and says in the end what it took.</summary>
/// <param name="onChunk">Receives each chunk; the memory is valid during the call only.</param>
internal sealed class WorkMeter(Action<ReadOnlyMemory<byte>> onChunk) : IDisposable
{
    private readonly DateTimeOffset startedAt = DateTimeOffset.UtcNow;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long bytesOut;
    private TimeSpan? firstChunk;

    public void Take(ReadOnlyMemory<byte> chunk)
    {
        firstChunk ??= Stopwatch.GetElapsedTime(started);
        hash.AppendData(chunk.Span);
        bytesOut += chunk.Length;
        onChunk(chunk);
    }

    /// <summary>Once, when the last chunk was taken.</summary>
    public WorkReport Report(string engine, SegmentTally tally, CostShare cost)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new(
            engine,
            tally.Encoder,
            tally.Frames,
            cost.PixelsIn,
            tally.PixelsOut,
            cost.BytesIn,
            bytesOut,
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            startedAt,
            (long)elapsed.TotalMicroseconds,
            (long)(firstChunk ?? elapsed).TotalMicroseconds,
            (long)cost.Cpu.TotalMicroseconds);
    }

    public void Dispose() => hash.Dispose();
}
