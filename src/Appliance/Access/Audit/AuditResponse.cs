namespace Appliance.Access.Audit;

/// <summary>Some of the trail, newest first.</summary>
/// <param name="Entries">Acts.</param>
/// <param name="Next">What to give as <c>before</c> for those that follow, which are older; null at the end.</param>
internal sealed record AuditResponse(IReadOnlyList<AuditEntry> Entries, long? Next);
