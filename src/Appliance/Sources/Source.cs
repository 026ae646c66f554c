using Appliance.Sources.Remote;
using Appliance.Sources.Sidecars;

namespace Appliance.Sources;

/// <summary>One entry of the library.</summary>
/// <param name="Id">20 lower-case hexadecimal digits: the start of the fingerprint.</param>
/// <param name="Title">The file's name without its extension.</param>
/// <param name="Bytes">Those of a file or of another machine, or null where they could not even be read.</param>
/// <param name="State">What is known of it.</param>
internal sealed record Source(string Id, string Title, IServedBytes? Bytes, SourceState State)
{
    public const int IdDigits = 20;

    /// <summary>Where a file is that could not even be read; else null.</summary>
    public string? UnreadableAt { get; init; }

    /// <summary>Absolute; for the owner and the log only. Null where it is no file of this box.</summary>
    public string? Path => (Bytes as LocalSource)?.Path ?? UnreadableAt;

    /// <summary>When its file was last written; null where it is no file of this box.</summary>
    public DateTimeOffset? WrittenAt => (Bytes as LocalSource)?.Stamp.ModifiedAt;

    /// <summary>The machine that it lies on, where that is not this one.</summary>
    public string? Origin => (Bytes as RemoteSource)?.Url.Host ?? UnreachableAt?.Host;

    /// <summary>Where a film is on another machine that could not be had; else null.</summary>
    public OriginUrl? UnreachableAt { get; init; }

    /// <summary>Files of subtitles beside it, as they were last looked for.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];
}
