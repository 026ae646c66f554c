namespace Appliance.Network;

/// <summary>A way out of the machine.</summary>
/// <param name="Name">As the system has it.</param>
/// <param name="IsUp">Whether anything passes.</param>
/// <param name="Addresses">As <c>192.168.1.2/24</c>.</param>
internal sealed record InterfaceResponse(string Name, bool IsUp, IReadOnlyList<string> Addresses);
