namespace Appliance.Access.Keys;

/// <summary>The oldest first.</summary>
internal sealed record KeyListResponse(IReadOnlyList<KeyResponse> Keys);
