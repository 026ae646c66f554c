namespace Appliance.Admission;

/// <summary>Counts who had the box make pictures lately. Those who are served from the cache, or along with another, cost
/// nothing and are not counted.</summary>
internal sealed class Players(TimeProvider time)
{
    /// <summary>A player with a full buffer asks every two seconds or so; one that has not for this long is gone or paused.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    /// <summary>The box serves a household; where more than this come, more than this is as good as this.</summary>
    private const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    /// <summary>At this moment.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _seen.Count;
            }
        }
    }

    /// <param name="player">Its session, or where it speaks from.</param>
    public void Note(string player)
    {
        lock (_gate)
        {
            Forget();
            if (_seen.Count < Most || _seen.ContainsKey(player))
            {
                _seen[player] = time.GetUtcNow();
            }
        }
    }

    private void Forget()
    {
        DateTimeOffset oldest = time.GetUtcNow() - Remembered;
        foreach ((string player, DateTimeOffset seen) in _seen)
        {
            if (seen < oldest)
            {
                _seen.Remove(player);
            }
        }
    }
}
