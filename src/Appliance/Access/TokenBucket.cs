namespace Appliance.Access;

/// <summary>Lets so many through at once, and then one each so often.</summary>
/// <param name="capacity">At once, from 1.</param>
/// <param name="each">How long until one more may.</param>
/// <param name="time">What time it is.</param>
internal sealed class TokenBucket(int capacity, TimeSpan each, TimeProvider time)
{
    private readonly Lock gate = new();
    private DateTimeOffset fullAt = time.GetUtcNow();

    /// <summary>Whether nothing is missing.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return fullAt <= time.GetUtcNow();
            }
        }
    }

    /// <param name="wait">Until one may, where none may now.</param>
    public bool TryTake(out TimeSpan wait)
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset full = fullAt > now ? fullAt : now;
            wait = full + each - now - (each * capacity);
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            fullAt = full + each;
            wait = TimeSpan.Zero;
            return true;
        }
    }

    public void GiveBack()
    {
        lock (gate)
        {
            fullAt -= each;
        }
    }
}
