namespace Appliance.Webhooks;

/// <param name="Url">An http or https URL, of at most 2048 characters.</param>
/// <param name="Events">At least one, by name; each that the caller's key may know of.</param>
internal sealed record WebhookRequest(string? Url, IReadOnlyList<string>? Events);
