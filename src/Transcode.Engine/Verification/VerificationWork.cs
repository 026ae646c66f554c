using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Verification;

/// <summary>Carries out the order to verify a rendition.</summary>
internal static class VerificationWork
{
    /// <param name="order">What is claimed, and what of it is looked at.</param>
    /// <param name="bytes">As <see cref="ClaimedBytes"/> lays them out.</param>
    /// <param name="engine">This build.</param>
    /// <param name="device">That pictures may be made on.</param>
    /// <param name="onChunk">Receives the verdict, in one chunk.</param>
    /// <param name="cancellationToken">Looked at between pictures.</param>
    /// <exception cref="TranscodeException">The order makes no sense. Whatever is wrong with the rendition is a verdict.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static WorkReport Execute(
        VerificationOrder order, IByteReader bytes, EngineIdentity engine, PictureDevice device, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        if (order.SourceBytes < 0 || order.InitBytes < 0 || order.SourceBytes > bytes.Length - order.InitBytes
            || order.Drawn.Count is < 1 or > Challenge.MostFrames)
        {
            throw new TranscodeException(FailureStage.Source, FailureCause.OutOfRange, "What is to be verified is not laid out as the order says.");
        }

        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        using var meter = new WorkMeter(onChunk);
        long mediaAt = order.SourceBytes + order.InitBytes;
        var source = new CountingReader(new PartReader(bytes, 0, order.SourceBytes, "source"));
        try
        {
            Verdict verdict = new SegmentVerifier(engine, device).Verify(
                order.Claim,
                source,
                new PartReader(bytes, order.SourceBytes, order.InitBytes, "init"),
                new PartReader(bytes, mediaAt, bytes.Length - mediaAt, "media"),
                order.Drawn,
                cancellationToken);
            meter.Take(JsonSerializer.SerializeToUtf8Bytes(verdict, VerificationJson.Default.Verdict));
        }
        catch (Exception exception)
        {
            throw Failures.Of(exception, FailureStage.Decode);
        }

        return meter.Report(engine.ToString(), new("", 0, 0, 0), new(0, source.Count, Environment.CpuUsage.TotalTime - cpuBefore));
    }
}
