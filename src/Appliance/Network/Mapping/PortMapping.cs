using System.Net;

namespace Appliance.Network.Mapping;

/// <summary>What a router does for the box.</summary>
/// <param name="InsidePort">The box's.</param>
/// <param name="OutsidePort">Where others come in.</param>
/// <param name="Outside">The address they come to, as the router has it; null where it tells none.</param>
/// <param name="Lease">From now on; null where it does not end by itself.</param>
internal sealed record PortMapping(int InsidePort, int OutsidePort, IPAddress? Outside, TimeSpan? Lease)
{
    /// <summary>A router that gives less is asked as often as if it had given this.</summary>
    public static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(4);

    /// <summary>A router that gives more is not trusted to remember for so long.</summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromDays(1);

    /// <summary>A lease as a router tells it, within what is worked with here.</summary>
    public static TimeSpan LeaseOf(uint seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, (uint)ShortestLease.TotalSeconds, (uint)LongestLease.TotalSeconds));
}
