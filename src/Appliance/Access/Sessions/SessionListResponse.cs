namespace Appliance.Access.Sessions;

/// <summary>Who is signed in, the last used first.</summary>
internal sealed record SessionListResponse(IReadOnlyList<SessionRow> Sessions);
