namespace Appliance.Metrics;

internal enum MetricKind
{
    /// <summary>Only rises.</summary>
    Counter,

    Gauge,

    Histogram,
}
