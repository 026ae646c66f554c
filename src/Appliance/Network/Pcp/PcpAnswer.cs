namespace Appliance.Network.Pcp;

/// <summary>What a router answers.</summary>
/// <param name="Version">2, or what it speaks instead.</param>
/// <param name="Opcode">What was asked.</param>
/// <param name="Result">Whether it did.</param>
/// <param name="LifetimeSeconds">Of the mapping; of a refusal, how long it will be the same.</param>
/// <param name="Epoch">Seconds since the router lost its memory.</param>
/// <param name="Mapping">Where it tells one.</param>
internal sealed record PcpAnswer(byte Version, byte Opcode, PcpResult Result, uint LifetimeSeconds, uint Epoch, PcpMapping? Mapping);
