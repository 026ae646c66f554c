using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Network.Mapping;

namespace Appliance.Network.Reach;

/// <summary>Says in plain words how the way from outside is.</summary>
internal static class ReachSentences
{
    public static string Text(IPAddress address, int port) => new IPEndPoint(WithoutScope(address), port).ToString();

    public static ReachState Off(string family) => new(family, ReachStanding.Off, "Nobody outside the home reaches this box: its owner has not said that they may.", null);

    public static ReachState Asking(string family) => new(family, ReachStanding.Asking, "The router is being asked.", null);

    public static ReachState LoopbackOnly(string family) => new(
        family, ReachStanding.NotListening, "Nobody reaches this box, at home or outside: it listens to its own machine only.", "Start it with --listen 0.0.0.0, or --listen :: for IPv6 too.");

    public static ReachState OtherFamily(string family, IPAddress listen) => new(
        family, ReachStanding.NotListening, $"Nobody reaches this box over {family}: it listens on {listen}.", family == "IPv6" ? "Start it with --listen :: for both families." : null);

    public static ReachState NoWay(string family) => new(
        family, ReachStanding.NoRouter, $"This machine has no way to the Internet over {family}{(family == "IPv6" ? ", or no address there" : "")}.", family == "IPv6" ? null : "Check its cable or its wireless network.");

    public static ReachState Made(string family, RouterPath path, ListeningPlace place, MappingWish wish, string language, PortMapping mapping)
    {
        string lets = $"The router {WithoutScope(path.Router)} lets others through to this box";
        string port = mapping.OutsidePort == wish.OutsidePort ? "" : $" Port {wish.OutsidePort} was not to be had there, so that it is {mapping.OutsidePort}.";
        string lease = mapping.Lease is null ? " It does not know of leases: should the box be unplugged, the way stays open." : "";
        if (mapping.Outside is not { } outside)
        {
            return new(family, ReachStanding.Open, $"{lets}, at its port {mapping.OutsidePort}, but does not say under which address.{port}{lease}", null);
        }

        if (AddressKinds.KindOf(outside) == AddressKind.Public)
        {
            return new(family, ReachStanding.Open, $"Others outside the home reach this box at {place.Scheme}://{Text(outside, mapping.OutsidePort)}/.{port}{lease}", null);
        }

        (string behind, string toDo) = Behind(outside, mapping.OutsidePort);
        return new(family, ReachStanding.DoubleNat, $"{lets}, but the Internet does not come as far as the router: {behind}{lease}", toDo);
    }

    /// <summary>What it means that a router's own address is none of the Internet's, and what to do about it.</summary>
    private static (string Behind, string ToDo) Behind(IPAddress outside, int port) => AddressKinds.KindOf(outside) == AddressKind.Shared
        ? ($"its address {outside} is one that a provider shares among many homes (carrier-grade NAT).", "Ask the provider for a public IPv4 address, or use IPv6.")
        : ($"its address {outside} is one of a home's own network, so that there is a second router in front of it (double NAT).",
            $"Have the router in front pass TCP port {port} on to {outside}, or make it a bridge, so that only one router is left.");

    /// <summary>Where no router answers, and none has to: nothing is known of a firewall on the way.</summary>
    public static ReachState Direct(string family, RouterPath path, ListeningPlace place) => new(
        family,
        ReachStanding.Direct,
        $"This box has an address of the Internet itself, so that others reach it at {place.Scheme}://{Text(path.Own, place.Port)}/ unless a firewall keeps them out; no router could be asked to let them through.",
        family == "IPv6" ? $"If it keeps them out: let TCP port {place.Port} through to {path.Own} in the router's firewall." : null);

    public static ReachState Failed(string family, RouterPath path, ListeningPlace place, RouterException why)
    {
        string byHand = $"have it pass TCP port {place.Port} on to {path.Own} by hand";
        if (why.Outside is { } outside && AddressKinds.KindOf(outside) is AddressKind.Private or AddressKind.Shared)
        {
            (string behind, string toDo) = Behind(outside, place.Port);
            return new(family, ReachStanding.DoubleNat, $"Nobody outside the home reaches this box. {why.Message} The Internet does not come as far as it: {behind}", toDo);
        }

        return why.Failure switch
        {
            RouterFailure.Silent or RouterFailure.OtherVersion => new(
                family, ReachStanding.NoRouter, $"Nobody outside the home reaches this box. {why.Message}", $"Switch on UPnP, NAT-PMP or PCP in the router, or {byHand}."),
            RouterFailure.Offline => new(
                family,
                ReachStanding.Refused,
                $"Nobody outside the home reaches this box. {why.Message}",
                "If the home is online, there is a second router in front of this one (double NAT), or the provider shares one address among many homes: make the one in front a bridge, or ask the provider for a public address."),
            RouterFailure.Between => new(
                family, ReachStanding.Refused, $"Nobody outside the home reaches this box. {why.Message}", "There is a second router, or a virtual machine's, between the box and this one: connect the box to the router itself."),
            RouterFailure.PortTaken => new(family, ReachStanding.Refused, $"Nobody outside the home reaches this box. {why.Message}", $"Choose another port, or {byHand}."),
            _ => new(family, ReachStanding.Refused, $"Nobody outside the home reaches this box. {why.Message}", $"Allow it in the router, where its settings say UPnP, NAT-PMP or PCP, or {byHand}."),
        };
    }

    /// <summary>The one sentence that stands above all.</summary>
    public static string Whole(NetworkSettings settings, ListeningPlace place, IReadOnlyList<ReachState> states)
    {
        ReachState? open = states.FirstOrDefault(state => state.Standing == ReachStanding.Open) ?? states.FirstOrDefault(state => state.Standing == ReachStanding.Direct);
        return !settings.Reach || place.LoopbackOnly || open is not null ? (open ?? states[0]).Says
            : states.Any(state => state.Standing == ReachStanding.Asking) ? "The router is being asked."
            : states[0].Says;
    }

    public static IReadOnlyList<string> Warnings(NetworkSettings settings, ListeningPlace place, string? damage)
    {
        var warnings = new List<string>();
        if (damage is not null)
        {
            warnings.Add($"What was set before does not hold, and nobody outside is let in. {damage}");
        }

        if (settings.Reach && !place.LoopbackOnly)
        {
            if (!place.IsEncrypted)
            {
                warnings.Add("What passes between this box and the outside is not encrypted: whoever is on the way can read it, the owner's token included, and change it.");
            }

            warnings.Add("Whether others really get through can only be seen from outside: try it with a telephone that is not in the home's wireless network.");
        }

        return warnings;
    }

    /// <summary>Where others come in, as text.</summary>
    public static string? Outside(PortMapping mapping) => mapping.Outside is { } outside ? Text(outside, mapping.OutsidePort) : $"?:{mapping.OutsidePort.ToString(CultureInfo.InvariantCulture)}";

    private static IPAddress WithoutScope(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
}
