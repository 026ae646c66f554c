namespace Appliance.Bench;

/// <summary>One segment of a rendition, whoever made it.</summary>
/// <param name="Init">Its initialization segment.</param>
/// <param name="Media">Its media segment.</param>
internal sealed record MadeRendition(byte[] Init, byte[] Media);
