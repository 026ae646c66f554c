namespace Appliance.Network.Mapping;

/// <summary>Notices by a router's own seconds that it has started anew, and forgotten what it was asked (RFC 6887, 8.5).</summary>
internal sealed class RouterClock(TimeProvider time)
{
    private uint? _epoch;
    private long _at;

    /// <param name="epoch">Seconds since it lost its memory, as it just said.</param>
    /// <returns>False where it lost it since it was last asked.</returns>
    public bool Continues(uint epoch)
    {
        bool continues = _epoch is not { } before || Continues(before, epoch, (long)time.GetElapsedTime(_at).TotalSeconds);
        _epoch = epoch;
        _at = time.GetTimestamp();
        return continues;
    }

    /// <summary>The rule itself: neither clock may be more than a sixteenth and two seconds behind the other.</summary>
    internal static bool Continues(uint before, uint now, long ownSeconds)
    {
        long routersSeconds = (long)now - before;
        return routersSeconds >= -1
            && ownSeconds + 2 >= routersSeconds - (routersSeconds / 16)
            && routersSeconds + 2 >= ownSeconds - (ownSeconds / 16);
    }
}
