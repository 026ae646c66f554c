namespace Appliance.Jobs;

/// <summary>Counts those who listen to jobs: each holds a connection open for as long as a job takes.</summary>
internal sealed class JobListeners
{
    /// <summary>At once, over all jobs.</summary>
    public const int Limit = 32;

    private int _count;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= Limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}
