namespace Appliance.Access.Links;

/// <summary>What a request at a playback address is.</summary>
/// <param name="Link">What the address stands for; null where this box did not sign it.</param>
internal sealed record LinkedRequest(PlayLink? Link);
