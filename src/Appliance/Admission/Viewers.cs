namespace Appliance.Admission;

/// <summary>Remembers for a moment who plays what, for the owner to see how the box is used. Neither addresses nor sessions are told: the owner of a home is not the
/// overseer of its people, and kind of client and right of entry say enough to know one's own television again.</summary>
internal sealed class Viewers(TimeProvider time)
{
    /// <summary>Players that hold all that they want ask every few seconds; one that has not for this long is paused or gone.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    /// <summary>More than this is not told.</summary>
    public const int Limit = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Viewer> seen = new(StringComparer.Ordinal);

    /// <summary>Who asked last first.</summary>
    public IReadOnlyList<Viewer> Now
    {
        get
        {
            lock (gate)
            {
                Forget();
                return [.. seen.Values.OrderByDescending(viewer => viewer.SeenAt)];
            }
        }
    }

    /// <summary>Takes note of a request for pictures or sound. Sound does not take the place of pictures that the same player just asked for.</summary>
    /// <param name="player">Its session, or where it speaks from.</param>
    /// <param name="viewer">What it asks for.</param>
    /// <param name="isSound">Whether it is for sound.</param>
    public void Note(string player, Viewer viewer, bool isSound)
    {
        lock (gate)
        {
            Forget();
            if (seen.TryGetValue(player, out Viewer? known) ? isSound && known.Source == viewer.Source : seen.Count >= Limit)
            {
                return;
            }

            seen[player] = viewer;
        }
    }

    private void Forget()
    {
        DateTimeOffset oldest = time.GetUtcNow() - Remembered;
        foreach ((string player, Viewer viewer) in seen)
        {
            if (viewer.SeenAt < oldest)
            {
                seen.Remove(player);
            }
        }
    }
}
