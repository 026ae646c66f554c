namespace Appliance.Playback;

/// <summary>Counts the bytes held in memory against their limit.</summary>
internal sealed class FlightMemory(long limitBytes)
{
    private long _bytes;
    private long _limit = limitBytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>From now on. What is held beyond it stays until it is read.</summary>
    public void Limit(long bytes) => Interlocked.Exchange(ref _limit, bytes);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= Interlocked.Read(ref _limit))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
