using Transcode.Engine.Media;

namespace Appliance.Sources.Sidecars;

/// <summary>A file of subtitles beside a source.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Track">What it is, as its name says.</param>
internal sealed record Sidecar(LocalSource Bytes, SidecarTrack Track);
