namespace Appliance.Webhooks;

/// <summary>A hook as it is shown.</summary>
/// <param name="Id">As in URLs.</param>
/// <param name="Key">Id of the key that it belongs to; null where the owner made it on the page.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Events">What it is told of.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="IsOn">Whether anything is sent to it.</param>
/// <param name="Reason">Why nothing is; null where it is.</param>
/// <param name="FailingSince">When the first of those tries failed since which none was answered well; null where the last one was.</param>
/// <param name="Waiting">Messages that are to be sent, or sent again.</param>
/// <param name="Secret">What its messages are signed with, in the answer that made it and never again.</param>
internal sealed record WebhookResponse(
    string Id,
    string? Key,
    string Url,
    IReadOnlyList<string> Events,
    DateTimeOffset MadeAt,
    bool IsOn,
    string? Reason,
    DateTimeOffset? FailingSince,
    int Waiting,
    string? Secret)
{
    public static WebhookResponse Of(HookRecord record, string? secret = null) => new(
        record.Id, record.Key, record.Url, record.Events, record.MadeAt, record.Off is null, record.Off, record.FailingSince, record.Waiting.Count, secret);
}
