using Appliance.Playback;

namespace Appliance.Tests.Playback;

public sealed class EvictionOrderTests
{
    private readonly EvictionOrder _order = new();

    [Fact]
    public void First_EqualUses_IsTheCheapestForItsSize()
    {
        StoredEntry dear = Add('a', 4096, 900);
        StoredEntry cheap = Add('b', 4096, 100);
        StoredEntry large = Add('c', 400_000, 900);

        Assert.Equal([large, cheap, dear], Evicted());
    }

    [Fact]
    public void First_EqualWorth_IsWhatWasUsedTheLongestAgo()
    {
        StoredEntry[] entries = [Add('a', 4096, 5), Add('b', 4096, 5), Add('c', 4096, 5)];

        Assert.Equal(entries, Evicted());
    }

    [Fact]
    public void Worth_IsAgePlusUsesTimesCostOverSize()
    {
        StoredEntry first = Add('a', 4096, 4096);
        StoredEntry second = Add('b', 8192, 4096);
        _order.Use(first);
        _order.Use(first);

        Assert.Equal((3.0, 0.5), (first.Rank.Worth, second.Rank.Worth));
        _order.Evict(second);

        Assert.Equal(1.5, Add('c', 4096, 4096).Rank.Worth);
    }

    [Fact]
    public void OnceLoved_IsOutlivedByNewcomersInTime()
    {
        StoredEntry once = Add('a', 4096, 4096);
        for (int i = 0; i < 9; i++)
        {
            _order.Use(once);
        }

        // Each round throws one newcomer away, and so ages the rest by 1, until the old one, worth 10, is worth no more than they.
        int rounds = 0;
        for (StoredEntry? gone = null; gone != once; rounds++)
        {
            Add('b', 4096, 4096);
            gone = _order.First!;
            _order.Evict(gone);
        }

        Assert.Equal(10, rounds);
    }

    [Fact]
    public void Removed_LeavesNoTrace()
    {
        StoredEntry gone = Add('a', 4096, 4096);
        StoredEntry stays = Add('b', 4096, 4096);
        Assert.True(_order.Remove(gone));
        Assert.False(_order.Remove(gone));
        _order.Use(gone);

        Assert.Equal(stays, _order.First);
        Assert.Equal(1, _order.Count);
        Assert.Equal(1.0, Add('c', 4096, 4096).Rank.Worth);
    }

    [Theory]
    [InlineData(".5.7", true)]
    [InlineData(".5", false)]
    [InlineData(".5.0", false)]
    [InlineData(".-5.7", false)]
    [InlineData(".5.7.part", false)]
    [InlineData(".5.x", false)]
    public void FileName_SaysAllOrNothing(string end, bool holds)
    {
        Assert.Equal(holds, StoredEntry.TryParse(new string('a', 64) + end, out StoredEntry? entry));
        Assert.False(StoredEntry.TryParse(new string('A', 64) + end, out _));
        Assert.Equal(holds ? (5L, 7L) : (0L, 0L), (entry?.Length ?? 0, entry?.CostMilliseconds ?? 0));
    }

    private StoredEntry Add(char name, long length, long cost)
    {
        var entry = new StoredEntry(new string(name, 64), length, cost);
        _order.Add(entry);
        return entry;
    }

    private List<StoredEntry> Evicted()
    {
        var evicted = new List<StoredEntry>();
        while (_order.First is { } first)
        {
            _order.Evict(first);
            evicted.Add(first);
        }

        return evicted;
    }
}
