using System.Net;

namespace Appliance.Network.NatPmp;

/// <summary>What a router answers.</summary>
/// <param name="Opcode">What was asked.</param>
/// <param name="Result">RFC 6886, 3.5; 0 where it did.</param>
/// <param name="Epoch">Seconds since the router lost its memory.</param>
internal sealed record NatPmpAnswer(byte Opcode, ushort Result, uint Epoch)
{
    /// <summary>Its address outside, where that was asked.</summary>
    public IPAddress? Outside { get; init; }

    public int InsidePort { get; init; }

    public int OutsidePort { get; init; }

    public uint LifetimeSeconds { get; init; }
}
