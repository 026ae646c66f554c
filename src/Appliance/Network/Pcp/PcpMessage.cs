using System.Buffers.Binary;
using System.Net;

namespace Appliance.Network.Pcp;

/// <summary>The Port Control Protocol's messages (RFC 6887, 7 and 11): asking for a mapping, or, of IPv6, for a pinhole, which is the same.</summary>
internal static class PcpMessage
{
    public const byte Version = 2;
    public const byte Announce = 0;
    public const byte Map = 1;

    /// <summary>IANA's number of TCP.</summary>
    public const byte Tcp = 6;

    public const int NonceBytes = 12;

    private const byte Answers = 0x80;
    private const int HeaderBytes = 24;
    private const int MapBytes = 36;
    private const int AddressBytes = 16;

    /// <param name="client">The box's address, from which it is sent.</param>
    /// <param name="nonce">Says of a later question that it is about the same mapping.</param>
    /// <param name="insidePort">The box's.</param>
    /// <param name="outsidePort">Suggested.</param>
    /// <param name="outside">Suggested; null suggests none.</param>
    /// <param name="lifetimeSeconds">0 ends it.</param>
    public static byte[] MapRequest(IPAddress client, ReadOnlySpan<byte> nonce, int insidePort, int outsidePort, IPAddress? outside, uint lifetimeSeconds)
    {
        byte[] message = Header(Map, client, lifetimeSeconds, HeaderBytes + MapBytes);
        Span<byte> map = message.AsSpan(HeaderBytes);
        nonce[..NonceBytes].CopyTo(map);
        map[12] = Tcp;
        BinaryPrimitives.WriteUInt16BigEndian(map[16..], (ushort)insidePort);
        BinaryPrimitives.WriteUInt16BigEndian(map[18..], (ushort)outsidePort);
        Write(outside ?? (client.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any), map[20..]);
        return message;
    }

    /// <summary>Asks for nothing but the router's clock.</summary>
    public static byte[] AnnounceRequest(IPAddress client) => Header(Announce, client, 0, HeaderBytes);

    /// <returns>Null where it is no answer at all.</returns>
    public static PcpAnswer? Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 4 || (datagram[1] & Answers) == 0)
        {
            return null;
        }

        byte opcode = (byte)(datagram[1] & ~Answers);
        if (datagram[0] != Version)
        {
            // As NAT-PMP alone says that it knows nothing newer (RFC 6887, appendix A); shorter than this protocol's own answers.
            return new(datagram[0], opcode, PcpResult.UnsupportedVersion, 0, 0, null);
        }

        if (datagram.Length < HeaderBytes || datagram.Length % 4 != 0)
        {
            return null;
        }

        return new(
            Version,
            opcode,
            (PcpResult)datagram[3],
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]),
            opcode == Map && datagram.Length >= HeaderBytes + MapBytes ? ReadMap(datagram[HeaderBytes..]) : null);
    }

    private static PcpMapping ReadMap(ReadOnlySpan<byte> map)
    {
        var outside = new IPAddress(map.Slice(20, AddressBytes));
        return new(
            map[..NonceBytes].ToArray(),
            map[12],
            BinaryPrimitives.ReadUInt16BigEndian(map[16..]),
            BinaryPrimitives.ReadUInt16BigEndian(map[18..]),
            outside.IsIPv4MappedToIPv6 ? outside.MapToIPv4() : outside);
    }

    private static byte[] Header(byte opcode, IPAddress client, uint lifetimeSeconds, int length)
    {
        byte[] message = new byte[length];
        message[0] = Version;
        message[1] = opcode;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), lifetimeSeconds);
        Write(client, message.AsSpan(8));
        return message;
    }

    private static void Write(IPAddress address, Span<byte> place)
    {
        if (!address.MapToIPv6().TryWriteBytes(place, out _))
        {
            throw new ArgumentException("There is no room for an address.", nameof(place));
        }
    }
}
