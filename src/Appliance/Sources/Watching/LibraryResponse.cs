namespace Appliance.Sources.Watching;

/// <summary>What is served, for the owner.</summary>
/// <param name="Paths">In the order they were named.</param>
/// <param name="Remotes">Films on other machines, in the order they were added.</param>
/// <param name="Sources">In the library, those that are refused too.</param>
/// <param name="Probing">Sources that are being looked at.</param>
/// <param name="Waiting">Files that wait to be looked at.</param>
internal sealed record LibraryResponse(IReadOnlyList<ServedPathResponse> Paths, IReadOnlyList<RemoteFilmResponse> Remotes, int Sources, int Probing, int Waiting);

/// <param name="Id">For taking it away.</param>
/// <param name="Path">Absolute.</param>
/// <param name="IsAdded">Whether it was added while the box ran, and can be taken away; else the command line names it.</param>
/// <param name="IsThere">Whether there is such a file or folder.</param>
/// <param name="Files">That it holds.</param>
/// <param name="LookedAt">When it was last looked through; null until then.</param>
/// <param name="Trouble">Why changes in it are not noticed at once; null where they are.</param>
internal sealed record ServedPathResponse(string Id, string Path, bool IsAdded, bool IsThere, int Files, DateTimeOffset? LookedAt, string? Trouble);

/// <param name="Id">For taking it away.</param>
/// <param name="Url">With its query, which may be a password.</param>
/// <param name="Source">The id of the source that it is; null until it was looked through.</param>
/// <param name="Length">In bytes; null until then.</param>
/// <param name="Kept">Bytes of it on this box's disk.</param>
/// <param name="SeenAt">When the other machine last said that it is there; null until then.</param>
/// <param name="Trouble">Why it cannot be had now; null where it can, as far as is known.</param>
internal sealed record RemoteFilmResponse(string Id, string Url, string? Source, long? Length, long Kept, DateTimeOffset? SeenAt, string? Trouble);
