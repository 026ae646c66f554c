namespace Appliance.Access.Sessions;

/// <param name="Id">What it is called.</param>
/// <param name="SignedInAt">When.</param>
/// <param name="SeenAt">When it last asked for anything.</param>
/// <param name="Address">From where it signed in.</param>
/// <param name="Agent">What the browser calls itself.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
internal sealed record SessionRow(string Id, DateTimeOffset SignedInAt, DateTimeOffset SeenAt, string Address, string Agent, bool IsThis);
