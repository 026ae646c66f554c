namespace Appliance.Webhooks;

/// <summary>Newest first: what waits, and the last of what does not.</summary>
internal sealed record DeliveryListResponse(IReadOnlyList<DeliveryResponse> Deliveries);
