namespace Appliance.Doctor;

/// <summary>What one look at the box found.</summary>
/// <param name="About">What was looked at, in a word or two.</param>
/// <param name="State">How it is.</param>
/// <param name="Says">What was found, a sentence.</param>
/// <param name="Advice">What to do about it; null where nothing needs doing.</param>
internal sealed record Finding(string About, FindingState State, string Says, string? Advice = null)
{
    public static Finding Fine(string about, string says) => new(about, FindingState.Fine, says);

    public static Finding Doubtful(string about, string says, string advice) => new(about, FindingState.Doubtful, says, advice);

    public static Finding Wrong(string about, string says, string advice) => new(about, FindingState.Wrong, says, advice);
}
