using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>What a gateway's numbers mean (UPnP Device Architecture 2.0, 3.2.2; WANIPConnection:2, 2.5; WANIPv6FirewallControl:1, 2.5).</summary>
internal static class UpnpFaults
{
    public static RouterException Told(RouterPath path, SoapFaultException fault)
    {
        (RouterFailure failure, string why) = fault.Code switch
        {
            401 or 602 => (RouterFailure.Refused, "it cannot do what was asked"),
            501 => (RouterFailure.Refused, "it tried and failed, and gives no reason"),
            603 or 701 or 728 => (RouterFailure.Full, "it has no more ports to give"),
            606 => (RouterFailure.Refused, "it may not open ports for this box"),
            703 => (RouterFailure.Refused, "its firewall opens no ports for anybody"),
            718 or 724 or 729 => (RouterFailure.PortTaken, "the port is somebody else's"),
            _ => (RouterFailure.Refused, "it does not do what was asked"),
        };
        return new(failure, $"The router {path.Router} says no by UPnP: {why} (error {fault.Code}).");
    }
}
