namespace Appliance.Metrics;

/// <summary>The values of one set of labels.</summary>
/// <param name="buckets">How many bounds there are.</param>
internal sealed class MetricSeries(int buckets)
{
    private readonly long[] _within = new long[buckets];

    /// <summary>A counter's or histogram's sum, or a gauge's value.</summary>
    public double Value { get; private set; }

    /// <summary>How often a histogram was given a value.</summary>
    public long Count { get; private set; }

    /// <summary>How many of these were at most each bound.</summary>
    public IReadOnlyList<long> Within => _within;

    public void Set(double value) => Value = value;

    public void Add(double value, IReadOnlyList<double> bounds)
    {
        Value += value;
        Count++;
        for (int i = bounds.Count - 1; i >= 0 && value <= bounds[i]; i--)
        {
            _within[i]++;
        }
    }
}
