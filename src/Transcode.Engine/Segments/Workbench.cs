using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Copying;
using Transcode.Engine.Segments.Decoding;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Where orders are executed: the one owner of libav in a worker process. One order at a time, or those that share
/// a decode.</summary>
internal sealed class Workbench : IDisposable
{
    /// <summary>SVT-AV1 tells its settings on the standard error stream otherwise, each time an encoder opens. Once, before any
    /// does: the C library's environment is no place for several threads.</summary>
    private static readonly int QuietSvt = LibC.SetEnvironment("SVT_LOG", "1", 1);

    /// <summary>The source of the last order, kept open: the next order is most often for the same one.</summary>
    private SourceReader? source;

    /// <param name="device">That pictures may be made on; this ends it. By default there is none.</param>
    /// <param name="decoders">Devices' that may decode films; this ends them. By default there are none.</param>
    /// <exception cref="LibAvNotFoundException">The system has no libav of a known family.</exception>
    public Workbench(PictureDevice? device = null, FilmDecoders? decoders = null)
    {
        Decoders = decoders ?? FilmDecoders.None;
        Device = device ?? PictureDevice.None;
        LibAvLayout layout = LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
        _ = QuietSvt;
        string version = typeof(Workbench).Assembly.GetName().Version!.ToString(3);
        Identity = new($"appliance-engine/{version}", LibAv.Versions, layout.Name);
    }

    /// <summary>That pictures may be made on.</summary>
    public PictureDevice Device { get; }

    /// <summary>Devices' that may decode films.</summary>
    public FilmDecoders Decoders { get; }

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
        if (VideoSegment.For(order, Identity, Device, Decoders) is { } segment)
        {
            return ExecuteAlone(segment, (SegmentOrder)order, bytes, onChunk, cancellationToken);
        }

        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        using var meter = new WorkMeter(onChunk);
        var counted = new CountingReader(bytes);
        try
        {
            SegmentTally tally = Run(order, counted, meter.Take, cancellationToken);
            return meter.Report(
                Identity.ToString(), tally, new(tally.PixelsIn, counted.Count, Environment.CpuUsage.TotalTime - cpuBefore));
        }
        catch (Exception exception)
        {
            Forget();
            throw Failures.Of(exception, FailureStage.Filter);
        }
    }

    /// <summary>Executes all orders of a segment of pictures; each hears for itself how it ended.</summary>
    /// <param name="segment">With a rung; more may join.</param>
    /// <param name="bytes">The source.</param>
    public void Execute(VideoSegment segment, IByteReader bytes)
    {
        var counted = new CountingReader(bytes);
        if (segment.Make(() => Open(counted), counted) is not null)
        {
            Forget();
        }
    }

    public void Dispose()
    {
        source?.Dispose();
        Device.Dispose();
        Decoders.Dispose();
    }

    private WorkReport ExecuteAlone(
        VideoSegment segment, SegmentOrder order, IByteReader bytes, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        (WorkReport? Report, Exception? Failure) end = default;
        using (segment)
        {
            segment.TryJoin(new((VideoRecipe)order.Recipe, onChunk, (report, failure) => end = (report, failure), GivesWay: false, cancellationToken) { Resume = order.Resume });
            Execute(segment, bytes);
        }

        return end.Report ?? throw end.Failure!;
    }

    private SegmentTally Run(
        WorkOrder order, IByteReader bytes, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        switch (order)
        {
            case ProbeOrder:
                SourceReader opened = Open(bytes);
                SourceDescription described = CopyOffer.Add(opened, FirstLook.Confirm(opened, Prober.Describe(opened)));
                onChunk(JsonSerializer.SerializeToUtf8Bytes(described, EngineJson.Default.SourceDescription));
                return new("", 0, 0, 0);
            case InitOrder init:
                onChunk(InitSegment.Make(init.Source, init.Recipe, () => Open(bytes)));
                return new(init.Recipe.Encoder, 0, 0, 0);
            case StillOrder still:
                RequireWithin(still.Frame, still.Source.Grid.FrameCount, "frame");
                return Still.Make(Open(bytes), still, onChunk);
            case TuningOrder look:
                RequireWithin(look.Index, look.Source.Grid.SegmentCount, "segment");
                return TuningLook.Make(Open(bytes), look, Device, onChunk, cancellationToken);
            case SegmentOrder segment:
                RequireWithin(segment.Index, segment.Recipe.SegmentCount(segment.Source.Grid), "segment");
                return segment.Recipe switch
                {
                    AudioRecipe audio => new AudioSegment(Open(bytes), segment, audio, onChunk).Make(cancellationToken),
                    TextRecipe text => TextSegment.Make(segment, text, bytes, () => Open(bytes), onChunk, cancellationToken),
                    CopyRecipe copy => CopySegment.Make(Open(bytes), segment, copy, onChunk),
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
