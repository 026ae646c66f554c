namespace Appliance.Admission;

/// <summary>Which part of those who could be served elsewhere the box had better not serve: none while everything comes in time, more with every while in which something would come
/// too late, and less again, more slowly, when nothing has. So a crowd is not sent away at once, and does not come back at once.</summary>
internal sealed class Strain(TimeProvider time)
{
    /// <summary>Added by what would come too late.</summary>
    private const double Step = 0.5;

    /// <summary>Taken away when it was calm.</summary>
    private const double StepBack = 0.25;

    /// <summary>Until a step is felt: those who are led elsewhere are told so in this time, and play what they have asked for before.</summary>
    private static readonly TimeSpan Felt = TimeSpan.FromSeconds(8);

    /// <summary>Without anything too late, and from one step back to the next.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private DateTimeOffset raisedAt = DateTimeOffset.MinValue;
    private DateTimeOffset calmSince = DateTimeOffset.MinValue;
    private double share;

    /// <summary>0 to 1, at this moment.</summary>
    public double Share
    {
        get
        {
            lock (gate)
            {
                Settle();
                return share;
            }
        }
    }

    /// <summary>Something that is asked for would come later than whoever asks can wait.</summary>
    public void Note()
    {
        lock (gate)
        {
            Settle();
            DateTimeOffset now = time.GetUtcNow();
            calmSince = now;
            if (now - raisedAt >= Felt)
            {
                raisedAt = now;
                share = Math.Min(1, share + Step);
            }
        }
    }

    private void Settle()
    {
        DateTimeOffset now = time.GetUtcNow();
        while (share > 0 && now - calmSince >= Calm)
        {
            calmSince += Calm;
            share = Math.Max(0, share - StepBack);
        }
    }
}
