using System.Diagnostics.Metrics;
using Appliance.Metrics;
using Appliance.Telemetry;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Counts what is given out and what is made for it.</summary>
internal sealed class PlaybackMeter
{
    /// <summary>From a kept segment to one that a slow box makes from its begin.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _firstByte;
    private readonly Histogram<double> _making;
    private readonly Counter<long> _pixels;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _decoded;
    private readonly Counter<long> _encoded;

    public PlaybackMeter(IMeterFactory meters)
    {
        Meter meter = meters.CreateBoxMeter();
        _bytes = meter.CreateCounter<long>("appliance.playback.sent", "By", "Bytes of finished answers with media, by where they came from: hit from disk, joined in the making, or made.");
        _firstByte = meter.CreateHistogram(
            "appliance.playback.first_byte", "s", "From an admitted request for media to its first byte, by where that came from.", advice: Seconds);
        _making = meter.CreateHistogram("appliance.work.duration", "s", "From an order's arrival at its worker to its last byte, by what was made.", advice: Seconds);
        _pixels = meter.CreateCounter<long>("appliance.work.pixels", "{pixel}", "Pixels that were encoded.");
        _failures = meter.CreateCounter<long>("appliance.work.failures", "{order}", "Orders that failed, by their cause; what nobody wanted any more is not among them.");
        _decoded = meter.CreateCounter<long>(
            "appliance.work.decoded", "{segment}", "Finished rungs of segments of pictures, by what decoded their source, and why software did where a device was there.");
        _encoded = meter.CreateCounter<long>(
            "appliance.work.encoded", "{segment}", "Finished rungs of segments of pictures, by what encoded them, and why software did where a device was to.");
    }

    /// <summary>Where the last answers came from.</summary>
    public OriginShares Lately { get; } = new();

    public void Begun(string origin, TimeSpan held)
    {
        Lately.Note(origin);
        _firstByte.Record(held.TotalSeconds, Origin(origin));
    }

    public void Sent(string origin, long bytes) => _bytes.Add(bytes, Origin(origin));

    public void Made(WorkOrder order, WorkReport report)
    {
        _making.Record(report.ElapsedMicroseconds / 1e6, new KeyValuePair<string, object?>("work", WorkNames.Of(order)));
        _pixels.Add(report.PixelsOut);
        if (order is SegmentOrder { Recipe: VideoRecipe recipe })
        {
            Count(_decoded, WorkShare.Decoded(report.Decoder));
            Count(_encoded, WorkShare.Encoded(recipe, report.Encoder));
        }
    }

    public void Failed(FailureCause cause) => _failures.Add(1, new KeyValuePair<string, object?>("cause", cause.ToString()));

    private static void Count(Counter<long> counter, WorkShare share) => counter.Add(1, new("by", share.By), new("reason", share.Reason));

    private static KeyValuePair<string, object?> Origin(string origin) => new("origin", origin);
}
