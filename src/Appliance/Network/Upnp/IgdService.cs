namespace Appliance.Network.Upnp;

/// <summary>What a gateway can be asked.</summary>
/// <param name="Type">Its name and version, as <c>urn:schemas-upnp-org:service:WANIPConnection:1</c>.</param>
/// <param name="Control">Where.</param>
internal sealed record IgdService(string Type, Uri Control);
