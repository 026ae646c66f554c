namespace Appliance.Access.Audit;

/// <summary>Some of the trail, newest first.</summary>
/// <param name="Entries">Acts.</param>
/// <param name="Before">What to ask on with; null where these were the oldest.</param>
internal sealed record AuditResponse(IReadOnlyList<AuditEntry> Entries, long? Before);
