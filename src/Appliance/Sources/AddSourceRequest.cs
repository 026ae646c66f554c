namespace Appliance.Sources;

/// <summary>A file or folder of the box, or a film on another machine, to be served from now on.</summary>
/// <param name="Path">Absolute; null where <paramref name="Url"/> is given.</param>
/// <param name="Url">Of http or https; null where <paramref name="Path"/> is given.</param>
internal sealed record AddSourceRequest(string? Path, string? Url);
