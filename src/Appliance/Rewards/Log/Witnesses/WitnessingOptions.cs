namespace Appliance.Rewards.Log.Witnesses;

/// <summary>How long things take when witnesses are asked.</summary>
internal sealed record WitnessingOptions
{
    /// <summary>From the first entry that no witness was shown to the checkpoint that all of them are asked to cosign: it covers what came meanwhile.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After a witness did not cosign for the first time; each further time it is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a witness is left alone who does not cosign.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>From the beginning of a request to the end of its answer.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);
}
