namespace Appliance.Network.Upnp;

/// <summary>A gateway says no.</summary>
/// <param name="code">Its number for why (WANIPConnection:2, 2.5).</param>
internal sealed class SoapFaultException(int code) : Exception($"UPnP error {code}.")
{
    public int Code { get; } = code;
}
