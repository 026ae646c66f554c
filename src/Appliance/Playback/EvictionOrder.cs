namespace Appliance.Playback;

/// <summary>Which file goes first when room is needed: GreedyDual-Size-Frequency (L. Cherkasova, "Improving WWW Proxies
/// Performance with Greedy-Dual-Size-Frequency Caching Policy", HP Laboratories, HPL-98-69, 1998).
/// <para>worth = age + uses × cost / size</para>
/// Cost is the processor time to make it again, uses stand for how likely it is asked for again, size is what it occupies.
/// The age is the worth of what was evicted last: newcomers start from it, so what was once used much and is no longer
/// falls behind in time. Every operation takes the logarithm of the number of files.</summary>
/// <remarks>Not safe for several threads.</remarks>
internal sealed class EvictionOrder
{
    private readonly SortedSet<StoredEntry> _order = new(Comparer<StoredEntry>.Create((a, b) => a.Rank.CompareTo(b.Rank)));
    private double _age;
    private long _uses;

    public int Count => _order.Count;

    /// <summary>What is worth the least, or null where nothing is kept.</summary>
    public StoredEntry? First => _order.Min;

    public void Add(StoredEntry entry) => Place(entry, uses: 1);

    /// <summary>Somebody asked for it.</summary>
    public void Use(StoredEntry entry)
    {
        if (_order.Remove(entry))
        {
            Place(entry, entry.Uses + 1);
        }
    }

    /// <summary>It is gone, for whatever reason.</summary>
    public bool Remove(StoredEntry entry) => _order.Remove(entry);

    /// <summary>It went to make room.</summary>
    public void Evict(StoredEntry entry)
    {
        if (_order.Remove(entry))
        {
            _age = Math.Max(_age, entry.Rank.Worth);
        }
    }

    private void Place(StoredEntry entry, int uses)
    {
        entry.Uses = uses;
        entry.Rank = new(_age + ((double)uses * entry.CostMilliseconds / entry.OccupiedBytes), ++_uses);
        _order.Add(entry);
    }
}
