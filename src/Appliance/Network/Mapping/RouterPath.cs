using System.Net;

namespace Appliance.Network.Mapping;

/// <summary>From the box to its router.</summary>
/// <param name="Own">The box's address on that way, which others shall reach.</param>
/// <param name="Router">Of the same family; with its scope where it is link-local.</param>
internal sealed record RouterPath(IPAddress Own, IPAddress Router);
