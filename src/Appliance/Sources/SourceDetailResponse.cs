namespace Appliance.Sources;

/// <summary>One source: the fields of <see cref="SourceSummary"/>, and what is offered of it.</summary>
/// <param name="State"><c>probing</c>, <c>ready</c> or <c>refused</c>.</param>
/// <param name="Thumbnails">Its thumbnails; null without a picture, or until ready.</param>
/// <param name="Renditions">Video, largest first and the source's own last, then audio, the default first, then text; empty until ready.</param>
/// <param name="Subtitles">Every subtitle track, in the source's order, then files beside it; empty until ready.</param>
/// <param name="Chapters">In order of time; empty until ready.</param>
/// <param name="NotAsItIs">Why its own video is not among the renditions; null where it is, without a picture, and until
/// ready.</param>
internal sealed record SourceDetailResponse(
    string Id,
    string Title,
    string State,
    string? Reason,
    string? ReasonCode,
    string? Origin,
    DateTimeOffset? WrittenAt,
    double? DurationSeconds,
    int? Width,
    int? Height,
    string? FrameRate,
    bool? HasVideo,
    bool? HasAudio,
    string? Still,
    string? Master,
    string? Manifest,
    ThumbnailsResponse? Thumbnails,
    IReadOnlyList<RenditionResponse> Renditions,
    IReadOnlyList<SubtitleResponse> Subtitles,
    IReadOnlyList<ChapterResponse> Chapters,
    string? NotAsItIs);
