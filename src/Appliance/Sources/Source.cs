using Appliance.Sources.Sidecars;

namespace Appliance.Sources;

/// <summary>One entry of the library.</summary>
/// <param name="Id">20 lower-case hexadecimal digits: the start of the fingerprint.</param>
/// <param name="Title">The file's name without its extension.</param>
/// <param name="Bytes">The file, or null where it could not even be read.</param>
/// <param name="State">What is known of it.</param>
internal sealed record Source(string Id, string Title, LocalSource? Bytes, SourceState State)
{
    public const int IdDigits = 20;

    /// <summary>Where a file is that could not even be read; else null.</summary>
    public string? UnreadableAt { get; init; }

    /// <summary>Absolute; for the owner and the log only.</summary>
    public string? Path => Bytes?.Path ?? UnreadableAt;

    /// <summary>Files of subtitles beside it, as they were last looked for.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];
}
