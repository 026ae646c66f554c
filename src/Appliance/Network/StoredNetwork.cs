namespace Appliance.Network;

/// <summary>What is kept from one start to the next.</summary>
/// <param name="Settings">The owner's.</param>
/// <param name="Nonce">12 random bytes by which a router knows that a mapping is this box's: who has them can end it.</param>
internal sealed record StoredNetwork(NetworkSettings Settings, byte[] Nonce);
