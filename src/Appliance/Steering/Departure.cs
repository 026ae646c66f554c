namespace Appliance.Steering;

/// <summary>Whether the box is about to stop, and how long it is still needed for that: by those who play elsewhere too, until they have been told.</summary>
internal sealed class Departure(TimeProvider time)
{
    /// <summary>For an answer on its way, and a timer that is late.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;

    public bool IsLeaving { get; private set; }

    /// <summary>Somebody asked where to play from, and will again.</summary>
    public void Note()
    {
        lock (gate)
        {
            if (!IsLeaving)
            {
                askedAt = time.GetUtcNow();
            }
        }
    }

    /// <summary>From now on everybody is led elsewhere.</summary>
    /// <returns>How long until all who asked lately have asked again; zero where nobody did.</returns>
    public TimeSpan Begin()
    {
        lock (gate)
        {
            IsLeaving = true;
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset told = askedAt > DateTimeOffset.MinValue ? askedAt + TimeSpan.FromSeconds(SteeringRule.TtlSeconds) + Slack : now;
            return told > now ? told - now : TimeSpan.Zero;
        }
    }
}
