namespace Appliance.Watching;

/// <summary>How far films were watched, for all browsers at home. The newest is believed: of two that tell of one film, the one that was there last, by the box's clock; of two at
/// the same instant, the one that told it last.</summary>
internal sealed class WatchingList
{
    /// <summary>Films held, those that were watched to their end among them; the one that was watched longest ago makes room.</summary>
    public const int Limit = 500;

    /// <summary>Who watched less has only had a look.</summary>
    public const double GlanceSeconds = 5;

    /// <summary>What follows are credits.</summary>
    public const double WatchedShare = 0.97;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly WatchingShelf shelf;
    private readonly Dictionary<string, WatchedFilm> films;
    private bool isKept = true;

    public WatchingList(WatchingShelf shelf, TimeProvider time)
    {
        this.shelf = shelf;
        this.time = time;
        films = [];
        foreach (WatchedFilm film in shelf.Read())
        {
            films[film.Source] = film;
        }
    }

    /// <summary>Those that can be continued, the last one first.</summary>
    public IReadOnlyList<WatchedFilm> ToContinue
    {
        get
        {
            lock (gate)
            {
                return [.. films.Values.Where(film => film.PositionSeconds is not null).OrderByDescending(film => film.WatchedAt)];
            }
        }
    }

    /// <summary>Somebody was there. At a film's beginning and end there is nothing to continue, and it leaves the list.</summary>
    /// <param name="source">The film's id.</param>
    /// <param name="positionSeconds">From 0.</param>
    /// <param name="durationSeconds">The film's.</param>
    /// <param name="ago">How long ago, from 0.</param>
    public void Watched(string source, double positionSeconds, double durationSeconds, TimeSpan ago)
    {
        bool isToContinue = positionSeconds >= GlanceSeconds && positionSeconds <= durationSeconds * WatchedShare;
        Put(source, isToContinue ? Math.Round(positionSeconds, 3) : null, ago);
    }

    /// <summary>It is not to be continued.</summary>
    public void Forget(string source)
    {
        lock (gate)
        {
            if (!films.ContainsKey(source))
            {
                return;
            }
        }

        Put(source, null, TimeSpan.Zero);
    }

    /// <summary>Writes down what changed since the last time.</summary>
    public void Keep()
    {
        WatchedFilm[] all;
        lock (gate)
        {
            if (isKept)
            {
                return;
            }

            isKept = true;
            all = [.. films.Values];
        }

        if (!shelf.Write(all))
        {
            lock (gate)
            {
                isKept = false;
            }
        }
    }

    private void Put(string source, double? positionSeconds, TimeSpan ago)
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset at = now - ago;

            // A clock that was set back must not have what was told before win for ever.
            DateTimeOffset known = films.TryGetValue(source, out WatchedFilm? film) ? film.WatchedAt < now ? film.WatchedAt : now : DateTimeOffset.MinValue;
            if (at < known)
            {
                return;
            }

            films[source] = new(source, positionSeconds, at);
            if (films.Count > Limit)
            {
                films.Remove(films.Values.MinBy(one => one.WatchedAt)!.Source);
            }

            isKept = false;
        }
    }
}
