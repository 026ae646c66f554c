namespace Appliance.Webhooks;

/// <summary>Oldest first.</summary>
internal sealed record WebhookListResponse(IReadOnlyList<WebhookResponse> Webhooks);
