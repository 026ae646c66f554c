namespace Appliance.Sources.Remote;

/// <summary>The films on other machines that the owner added, as <c>remotes.json</c> keeps them.</summary>
internal sealed record RemoteFilmFile(IReadOnlyList<RemoteFilmRecord>? Films);

/// <param name="Url">With its query: the file is the owner's alone.</param>
/// <param name="Found">What it was when it was last looked through; null until then.</param>
internal sealed record RemoteFilmRecord(string? Url, RemoteFilmFound? Found);

/// <param name="Fingerprint">Of its bytes.</param>
/// <param name="Face">What the origin said of it then.</param>
internal sealed record RemoteFilmFound(string Fingerprint, OriginFace Face);
