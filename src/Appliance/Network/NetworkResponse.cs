using Appliance.Network.Advertising;
using Appliance.Network.Reach;

namespace Appliance.Network;

/// <summary>How the box stands on the network.</summary>
/// <param name="Listening">What it listens on, as <c>http://0.0.0.0:8080</c>.</param>
/// <param name="Says">Whether and how others reach it, in plain words.</param>
/// <param name="Warnings">What its owner should know beside.</param>
/// <param name="Settings">What its owner said.</param>
/// <param name="Advertised">Whether other devices of the home are shown it.</param>
/// <param name="Paths">How others outside reach it, of IPv4 and of IPv6.</param>
/// <param name="Interfaces">Of the machine.</param>
internal sealed record NetworkResponse(
    string Listening,
    string Says,
    IReadOnlyList<string> Warnings,
    NetworkSettings Settings,
    Advertisement Advertised,
    IReadOnlyList<ReachState> Paths,
    IReadOnlyList<InterfaceResponse> Interfaces);
