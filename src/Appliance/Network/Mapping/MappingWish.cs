using System.Net;

namespace Appliance.Network.Mapping;

/// <summary>What a router is asked for: that TCP to a port of its own comes to the box.</summary>
/// <param name="InsidePort">The box's, 1 to 65535.</param>
/// <param name="OutsidePort">The one that would be best, 1 to 65535; another may be given.</param>
/// <param name="Outside">The router's own address, where it is known from before.</param>
/// <param name="Lease">For how long, in whole seconds, up to a day.</param>
internal sealed record MappingWish(int InsidePort, int OutsidePort, IPAddress? Outside, TimeSpan Lease);
