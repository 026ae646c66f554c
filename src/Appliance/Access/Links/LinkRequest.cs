namespace Appliance.Access.Links;

/// <param name="ExpiresInSeconds">60 to 604,800; without it 6 hours.</param>
internal sealed record LinkRequest(long? ExpiresInSeconds);
