namespace Appliance.Access.Sessions;

/// <summary>Who is signed in, as <c>sessions.json</c> keeps it.</summary>
internal sealed record SessionFile(IReadOnlyList<Session>? Sessions);
