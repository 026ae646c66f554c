namespace Transcode.Engine.Media;

/// <summary>A track that people choose by what it says of itself.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name.</param>
/// <param name="Language">As the container says it (ISO 639-2), or null.</param>
/// <param name="Title">As the container says it, or null.</param>
/// <param name="Roles">As the container says them.</param>
public abstract record LabelledTrack(int StreamIndex, string Codec, string? Language, string? Title, TrackRoles Roles);
