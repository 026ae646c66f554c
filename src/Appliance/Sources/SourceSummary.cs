namespace Appliance.Sources;

/// <summary>A source in the list.</summary>
/// <param name="Id">20 hexadecimal digits.</param>
/// <param name="Title">For people.</param>
/// <param name="State"><c>probing</c>, <c>ready</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused, or why it is ready with its sound only though it has a picture; in plain words.</param>
/// <param name="ReasonCode">Why it was refused, as problems say it in their <c>code</c>: <c>not-media</c>, for one; else null.</param>
/// <param name="Origin">The machine that it comes from, as <c>films.example:8443</c>; null for what lies on this one.</param>
/// <param name="WrittenAt">When its file was last written, which for most is when it came; null where that is not known, as of films on other machines.</param>
/// <param name="DurationSeconds">Null until ready, as all that follow.</param>
/// <param name="Width">Shown width in square pixels; null without a picture.</param>
/// <param name="Height">Shown height in square pixels; null without a picture.</param>
/// <param name="FrameRate">As <c>24000/1001</c>; null without a picture.</param>
/// <param name="HasVideo">Whether there is a picture.</param>
/// <param name="HasAudio">Whether there is sound.</param>
/// <param name="Still">Address of a still picture, or of the cover art of what is sound only; null where there is neither.</param>
/// <param name="Master">Address of the HLS multivariant playlist.</param>
/// <param name="Manifest">Address of the DASH manifest.</param>
internal sealed record SourceSummary(
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
    string? Manifest);
