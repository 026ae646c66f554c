using Appliance.Access;

namespace Appliance.Live;

/// <summary>Numbers the states of each topic, for those who listen.</summary>
/// <remarks>The board looks; nobody tells it. Four looks a second at what is in memory cost next to nothing, and nothing at all while nobody listens; and no
/// feature can forget to tell.</remarks>
/// <param name="topics">What there is.</param>
/// <param name="time">For how long a look holds.</param>
internal sealed class LiveBoard(IReadOnlyList<LiveTopic> topics, TimeProvider time)
{
    /// <summary>Streams at once; each is a connection that stays open.</summary>
    public const int Limit = 64;

    /// <summary>Between looks: no eye follows more than four changes a second.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (object? State, long Revision, long SeenAt)> seen = [];
    private int listeners;

    /// <summary>Numbers of one start of the box are not those of another.</summary>
    public string Boot { get; } = Guid.NewGuid().ToString("N")[..8];

    public IReadOnlyList<LiveTopic> Topics => topics;

    /// <summary>What somebody may hear of.</summary>
    public IReadOnlyList<LiveTopic> For(Scope held) => [.. topics.Where(topic => held.Grants(topic.Wants))];

    /// <summary>The number of a topic's present state; one look serves all who ask within half a pace.</summary>
    public long Revision(LiveTopic topic)
    {
        lock (gate)
        {
            bool isKnown = seen.TryGetValue(topic.Name, out (object? State, long Revision, long SeenAt) known);
            if (isKnown && time.GetElapsedTime(known.SeenAt) < Pace / 2)
            {
                return known.Revision;
            }

            object? state = topic.State();
            long revision = isKnown && Equals(state, known.State) ? known.Revision : known.Revision + 1;
            seen[topic.Name] = (state, revision, time.GetTimestamp());
            return revision;
        }
    }

    /// <returns>False where too many listen.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref listeners) <= Limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref listeners);
}
