namespace Appliance.Webhooks;

/// <summary>A hook as its file has it: where it leads, what it was told, and what it is still to be told.</summary>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Key">Id of the key that it belongs to; null where the owner made it on the page.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Events">What it is told of, by name.</param>
/// <param name="Secret">What its messages are signed with, as its maker has it.</param>
/// <param name="MadeAt">UTC.</param>
internal sealed record HookRecord(string Id, string? Key, string Url, IReadOnlyList<string> Events, string Secret, DateTimeOffset MadeAt)
{
    /// <summary>Why nothing is sent to it any more; null while something is.</summary>
    public string? Off { get; init; }

    /// <summary>When the first of those tries failed since which none was answered well; null where the last one was.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when the receiver asked to be left alone; null where it did not.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>Ids of what was told or is about to be, as far as the jobs of this box still tell it.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>The last receipt that was told, for each order of this box.</summary>
    public IReadOnlyDictionary<string, long> Receipts { get; init; } = new Dictionary<string, long>();

    /// <summary>Not delivered yet, oldest first.</summary>
    public IReadOnlyList<HookMessage> Waiting { get; init; } = [];

    /// <summary>Delivered or given up, oldest first.</summary>
    public IReadOnlyList<HookMessage> Ended { get; init; } = [];
}
