using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Appliance.Metrics;

/// <summary>One instrument with all its series. Belongs to the board, under its lock.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    /// <summary>Upper bounds of the buckets, rising; empty where it is no histogram.</summary>
    public IReadOnlyList<double> Bounds { get; } = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];

    public MetricKind Kind { get; } = KindOf(instrument);

    /// <summary>Whether its values are looked at when somebody asks, rather than told as they come.</summary>
    public bool IsObserved => instrument.IsObservable;

    /// <summary>As Prometheus has it.</summary>
    public string Name { get; } = PrometheusNames.Of(instrument, KindOf(instrument));

    public string Help { get; } = instrument.Description ?? "";

    /// <summary>By their labels, as they are written.</summary>
    public IReadOnlyDictionary<string, MetricSeries> Series => _series;

    /// <returns>Null where the limit would be passed.</returns>
    public MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, int limit)
    {
        string labels = LabelsOf(tags);
        if (!_series.TryGetValue(labels, out MetricSeries? series) && _series.Count < limit)
        {
            series = new MetricSeries(Bounds.Count);
            _series.Add(labels, series);
        }

        return series;
    }

    /// <summary>What is looked at anew each time may have lost some of its series.</summary>
    public void Forget() => _series.Clear();

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> or ObservableCounter<long> or ObservableCounter<double> => MetricKind.Counter,
        Histogram<double> => MetricKind.Histogram,
        ObservableGauge<long> or ObservableGauge<double> => MetricKind.Gauge,
        _ => throw new ArgumentException($"{instrument.Name} is of a kind that is not used here."),
    };

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach ((string key, object? value) in tags)
        {
            string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(labels.Length > 0 ? "," : "").Append(PrometheusNames.OfLabel(key)).Append("=\"").Append(PrometheusNames.Escaped(text)).Append('"');
        }

        return labels.ToString();
    }
}
