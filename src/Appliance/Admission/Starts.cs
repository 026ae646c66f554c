using Appliance.Cmcd;

namespace Appliance.Admission;

/// <summary>Remembers who waits to start or to seek, beyond a single request. hls.js and shaka-player cut a request off that has had no
/// byte for ten seconds, and shaka-player asks but once more: who comes again is close to giving the film up, and waits like
/// one whose picture stands still.</summary>
internal sealed class Starts(TimeProvider time)
{
    /// <summary>Who asks again sooner was refused, or thought better of it.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(8);

    /// <summary>Who has not asked for this long has given up.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

    /// <summary>Where more wait than this, others are not known when they come again.</summary>
    private const int MostRemembered = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Player, string? ObjectType), (DateTimeOffset Since, DateTimeOffset At)> _waiting = [];

    /// <summary>Takes note of a request for a segment.</summary>
    /// <param name="player">Its session, or where it speaks from.</param>
    /// <param name="client">What it says with the request.</param>
    /// <returns>The same, starved where it says that it starts and has waited for that before.</returns>
    public ClientData Note(string player, ClientData client)
    {
        if (!client.Startup)
        {
            return client;
        }

        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var (key, _) in _waiting.Where(one => one.Value.At < now - Remembered).ToArray())
            {
                _waiting.Remove(key);
            }

            bool isKnown = _waiting.TryGetValue((player, client.ObjectType), out var before);
            DateTimeOffset since = isKnown ? before.Since : now;
            if (isKnown || _waiting.Count < MostRemembered)
            {
                _waiting[(player, client.ObjectType)] = (since, now);
            }

            return now - since >= CutOff ? client with { Starved = true } : client;
        }
    }

    /// <summary>It has what it waited for.</summary>
    public void End(string player, ClientData client)
    {
        lock (_gate)
        {
            _waiting.Remove((player, client.ObjectType));
        }
    }
}
