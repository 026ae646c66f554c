namespace Appliance.Access.Links;

/// <summary>What a request at a playback address is.</summary>
/// <param name="Link">What the address stands for; null where this box did not sign it.</param>
/// <param name="Folder">The address's own folder, without a slash at the end.</param>
internal sealed record LinkedRequest(PlayLink? Link, string Folder);
