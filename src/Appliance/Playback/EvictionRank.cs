namespace Appliance.Playback;

/// <summary>A place in the order of eviction: the lowest goes first.</summary>
/// <param name="Worth">Milliseconds of processor time a byte saves, above what was thrown away last.</param>
/// <param name="UsedAs">Counts uses of the whole cache: among equals, what was used the longest ago goes first.</param>
internal readonly record struct EvictionRank(double Worth, long UsedAs) : IComparable<EvictionRank>
{
    public int CompareTo(EvictionRank other)
    {
        int worth = Worth.CompareTo(other.Worth);
        return worth != 0 ? worth : UsedAs.CompareTo(other.UsedAs);
    }
}
