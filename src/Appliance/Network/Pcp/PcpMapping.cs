using System.Net;

namespace Appliance.Network.Pcp;

/// <summary>A mapping as an answer tells it.</summary>
/// <param name="Nonce">12 bytes, those of the question.</param>
/// <param name="Protocol">IANA's number; TCP is 6.</param>
/// <param name="InsidePort">0 to 65535.</param>
/// <param name="OutsidePort">0 to 65535.</param>
/// <param name="Outside">IPv4 where it was written as such.</param>
internal sealed record PcpMapping(byte[] Nonce, byte Protocol, int InsidePort, int OutsidePort, IPAddress Outside);
