namespace Appliance.Sources;

/// <summary>What was taken.</summary>
/// <param name="Accepted">Files or films that are now being looked at.</param>
internal sealed record AddSourceResponse(int Accepted);
