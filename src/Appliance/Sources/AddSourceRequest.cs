namespace Appliance.Sources;

/// <summary>A file or folder of the box to be served from now on.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record AddSourceRequest(string? Path);
