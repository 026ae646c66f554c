namespace Appliance.Bench;

/// <summary>What players play.</summary>
/// <param name="Master">The path of the master playlist.</param>
/// <param name="Video">Rungs.</param>
/// <param name="Audio">Sound beside them, or null.</param>
/// <param name="SegmentSeconds">Of a segment.</param>
internal sealed record SimulatedFilm(string Master, IReadOnlyList<SimulatedTrack> Video, SimulatedTrack? Audio, double SegmentSeconds);

/// <param name="Folder">The path of its files, with a slash at the end.</param>
/// <param name="Lengths">Of its segments, in bytes.</param>
/// <param name="Kbps">What its list promises.</param>
/// <param name="IsVideo">Or sound.</param>
internal sealed record SimulatedTrack(string Folder, IReadOnlyList<int> Lengths, int Kbps, bool IsVideo);
