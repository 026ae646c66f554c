namespace Appliance.Access.Keys;

/// <summary>Keys as <c>keys.json</c> has them.</summary>
internal sealed record KeyFile(IReadOnlyList<ApiKey>? Keys);
