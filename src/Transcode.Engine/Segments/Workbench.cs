using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Where orders are executed: the one owner of libav in a worker process. One order at a time.</summary>
internal sealed class Workbench : IDisposable
{
    /// <summary>SVT-AV1 tells its settings on the standard error stream otherwise, each time an encoder opens. Once, before any
    /// does: the C library's environment is no place for several threads.</summary>
    private static readonly int QuietSvt = LibC.SetEnvironment("SVT_LOG", "1", 1);

    /// <summary>The source of the last order, kept open: the next order is most often for the same one.</summary>
    private SourceReader? source;

    /// <exception cref="LibAvNotFoundException">The system has no libav of a known family.</exception>
    public Workbench()
    {
        LibAvLayout layout = LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
        _ = QuietSvt;
        string version = typeof(Workbench).Assembly.GetName().Version!.ToString(3);
        Identity = new($"appliance-engine/{version}", LibAv.Versions, layout.Name);
    }

    /// <summary>Which engine build this is.</summary>
    public EngineIdentity Identity { get; }

    /// <summary>Executes one order.</summary>
    /// <param name="order">What to make.</param>
    /// <param name="bytes">The source.</param>
    /// <param name="onChunk">Receives each chunk as it is made; the memory is valid during the call only.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    /// <exception cref="TranscodeException">The order failed.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public WorkReport Execute(
        WorkOrder order, IByteReader bytes, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = DateTimeOffset.UtcNow;
        long started = Stopwatch.GetTimestamp();
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var counted = new CountingReader(bytes);
        long bytesOut = 0;
        TimeSpan? firstChunk = null;

        SegmentTally tally = Guarded(order, counted, chunk =>
        {
            firstChunk ??= Stopwatch.GetElapsedTime(started);
            hash.AppendData(chunk.Span);
            bytesOut += chunk.Length;
            onChunk(chunk);
        }, cancellationToken);

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new(
            Identity.ToString(),
            tally.Encoder,
            tally.Frames,
            tally.PixelsIn,
            tally.PixelsOut,
            counted.Count,
            bytesOut,
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            startedAt,
            (long)elapsed.TotalMicroseconds,
            (long)(firstChunk ?? elapsed).TotalMicroseconds,
            (long)(Environment.CpuUsage.TotalTime - cpuBefore).TotalMicroseconds);
    }

    public void Dispose() => source?.Dispose();

    /// <summary>Turns every failure into one of the closed list.</summary>
    private SegmentTally Guarded(
        WorkOrder order, IByteReader bytes, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        try
        {
            return Run(order, bytes, onChunk, cancellationToken);
        }
        catch (IOException exception)
        {
            Forget();
            throw new TranscodeException(
                FailureStage.Source, FailureCause.SourceUnreadable, $"The source could not be read ({exception.Message}).", exception);
        }
        catch (AvException exception)
        {
            Forget();
            throw new TranscodeException(FailureStage.Filter, FailureCause.Internal, exception.Message, exception);
        }
        catch (Exception exception) when (exception is not TranscodeException and not OperationCanceledException)
        {
            Forget();
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"{exception.GetType().Name}: {exception.Message}", exception);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    private SegmentTally Run(
        WorkOrder order, IByteReader bytes, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        switch (order)
        {
            case ProbeOrder:
                SourceReader opened = Open(bytes);
                SourceDescription described = FirstLook.Confirm(opened, Prober.Describe(opened));
                onChunk(JsonSerializer.SerializeToUtf8Bytes(described, EngineJson.Default.SourceDescription));
                return new("", 0, 0, 0);
            case InitOrder init:
                onChunk(InitSegment.Make(init.Source, init.Recipe));
                return new(init.Recipe.Encoder, 0, 0, 0);
            case StillOrder still:
                RequireWithin(still.Frame, still.Source.Grid.FrameCount, "frame");
                return Still.Make(Open(bytes), still, onChunk);
            case SegmentOrder segment:
                RequireWithin(segment.Index, segment.Recipe.SegmentCount(segment.Source.Grid), "segment");
                return segment.Recipe switch
                {
                    VideoRecipe video => new VideoSegment(Open(bytes), segment, video, onChunk).Make(cancellationToken),
                    AudioRecipe audio => new AudioSegment(Open(bytes), segment, audio, onChunk).Make(cancellationToken),
                    TextRecipe text => new TextSegment(Open(bytes), segment, text, onChunk).Make(cancellationToken),
                    IFrameRecipe pictures => IFrameSegment.Make(Open(bytes), segment, pictures, onChunk),
                    TileRecipe tiles => TileSheet.Make(Open(bytes), segment, tiles, onChunk, cancellationToken),
                    _ => throw new NotSupportedException(segment.Recipe.GetType().Name),
                };
            default:
                throw new NotSupportedException(order.GetType().Name);
        }
    }


    private static void RequireWithin(long number, long count, string what)
    {
        if (number < 0 || number >= count)
        {
            throw new TranscodeException(
                FailureStage.Source, FailureCause.OutOfRange, $"There is no {what} {number}: they are numbered 0 to {count - 1}.");
        }
    }

    private SourceReader Open(IByteReader bytes)
    {
        if (source?.Fingerprint == bytes.Fingerprint)
        {
            source.Use(bytes);
            return source;
        }

        Forget();
        return source = SourceReader.Open(bytes);
    }

    private void Forget()
    {
        source?.Dispose();
        source = null;
    }
}
