using System.Buffers.Binary;
using System.Net;

namespace Appliance.Network.NatPmp;

/// <summary>The NAT Port Mapping Protocol's messages (RFC 6886, 3).</summary>
internal static class NatPmpMessage
{
    public const byte Version = 0;
    public const byte Address = 0;
    public const byte MapTcp = 2;

    private const byte Answers = 128;

    /// <summary>Of a refusal in either case.</summary>
    private const int ShortestAnswerBytes = 8;
    private const int AddressAnswerBytes = 12;
    private const int MapAnswerBytes = 16;

    public static byte[] AddressRequest() => [Version, Address];

    /// <param name="insidePort">The box's.</param>
    /// <param name="outsidePort">Suggested; 0 where it ends.</param>
    /// <param name="lifetimeSeconds">0 ends it.</param>
    public static byte[] MapRequest(int insidePort, int outsidePort, uint lifetimeSeconds)
    {
        byte[] message = new byte[12];
        message[0] = Version;
        message[1] = MapTcp;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), (ushort)insidePort);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)outsidePort);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), lifetimeSeconds);
        return message;
    }

    /// <returns>Null where it is no answer at all.</returns>
    public static NatPmpAnswer? Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < ShortestAnswerBytes || datagram[0] != Version || datagram[1] < Answers)
        {
            return null;
        }

        byte opcode = (byte)(datagram[1] - Answers);
        ushort result = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        uint epoch = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        return (opcode, result) switch
        {
            (Address, 0) when datagram.Length >= AddressAnswerBytes => new(opcode, result, epoch) { Outside = new IPAddress(datagram.Slice(8, 4)) },
            (MapTcp, 0) when datagram.Length >= MapAnswerBytes => new(opcode, result, epoch)
            {
                InsidePort = BinaryPrimitives.ReadUInt16BigEndian(datagram[8..]),
                OutsidePort = BinaryPrimitives.ReadUInt16BigEndian(datagram[10..]),
                LifetimeSeconds = BinaryPrimitives.ReadUInt32BigEndian(datagram[12..]),
            },
            (_, 0) => null,
            _ => new(opcode, result, epoch),
        };
    }
}
