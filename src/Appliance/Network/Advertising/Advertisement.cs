namespace Appliance.Network.Advertising;

/// <summary>Whether other devices of the home are shown the box.</summary>
/// <param name="Is">Whether it is handed to the system's own announcer.</param>
/// <param name="Name">What they show.</param>
/// <param name="Service">What they look for (DNS-SD, RFC 6763).</param>
/// <param name="File">Where it is written, or would be.</param>
/// <param name="Says">In plain words, and why not.</param>
internal sealed record Advertisement(bool Is, string Name, string Service, string File, string Says);
