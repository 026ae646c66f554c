using System.Diagnostics.Metrics;
using System.Text;

namespace Appliance.Metrics;

/// <summary>Keeps what the box's instruments count, and writes it down when it is asked for. Any thread may use it.</summary>
internal sealed class MetricBoard : IDisposable
{
    /// <summary>Series of one instrument; labels come from closed sets, and what is beyond is not kept.</summary>
    private const int SeriesLimit = 256;

    private readonly Lock _writing = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public MetricBoard(IMeterFactory meters, IEnumerable<Gauges> features, IServiceProvider box)
    {
        Meter meter = meters.CreateBoxMeter();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument, Enter(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Take((MetricFamily)family!, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Take((MetricFamily)family!, value, tags));
        _listener.Start();
        foreach (Gauges gauges in features)
        {
            gauges(box, meter);
        }
    }

    /// <summary>All of it in Prometheus' text format, version 0.0.4.</summary>
    public string Write()
    {
        lock (_writing)
        {
            MetricFamily[] families;
            lock (_gate)
            {
                families = [.. _families.Values];
            }

            foreach (MetricFamily family in families.Where(family => family.IsObserved))
            {
                family.Forget();
            }

            // What is looked at has locks of its own, under which others may be counting just now: this one must not be held meanwhile.
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            lock (_gate)
            {
                foreach (MetricFamily family in families)
                {
                    PrometheusText.Append(text, family);
                }
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private MetricFamily Enter(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        lock (_gate)
        {
            _families.Add(family.Name, family);
        }

        return family;
    }

    private void Take(MetricFamily family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (family.IsObserved)
        {
            // Only on the thread that writes.
            family.Find(tags, SeriesLimit)?.Set(value);
            return;
        }

        lock (_gate)
        {
            family.Find(tags, SeriesLimit)?.Add(value, family.Bounds);
        }
    }
}
