using Appliance.Playback;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Sources;

/// <summary>Sources as HTTP shows them: no path of the file system, ever.</summary>
internal static class SourceAnswers
{
    public static SourceSummary Summary(Source source)
    {
        string url = $"/v1/sources/{source.Id}";
        if (source.State is not SourceState.Ready { Description: { } found })
        {
            var refused = source.State as SourceState.Refused;
            return new(source.Id, source.Title, refused is null ? "probing" : "refused", refused?.Failure.Message,
                null, null, null, null, null, null, null, null);
        }

        VideoTrack? video = found.Video;
        return new(
            source.Id,
            source.Title,
            "ready",
            found.PictureRefusal,
            Math.Round(found.Grid.Duration.TotalSeconds, 6),
            video?.Width,
            video?.Height,
            video is null ? null : found.Grid.FrameRate.ToString(),
            video is not null,
            found.Audio.Count > 0,
            video is null && found.Cover is null ? null : $"{url}/still.jpg",
            $"{url}/hls/master.m3u8");
    }

    public static SourceDetailResponse Detail(Source source)
    {
        SourceSummary s = Summary(source);
        RenditionResponse[] renditions = source.State is SourceState.Ready ready
            ? [.. ready.Ladder.Renditions.Select(r => Rendition(source.Id, r, RenditionId.Of(r, ready.Engine)))]
            : [];
        return new(s.Id, s.Title, s.State, s.Reason, s.DurationSeconds, s.Width, s.Height, s.FrameRate, s.HasVideo,
            s.HasAudio, s.Still, s.Master, renditions);
    }

    private static RenditionResponse Rendition(string sourceId, Rendition rendition, string id)
    {
        var video = rendition.Recipe as VideoRecipe;
        return new(
            rendition.Name,
            id,
            video is null ? "audio" : "video",
            video?.Width,
            video?.Height,
            rendition.PeakBitsPerSecond,
            rendition.AverageBitsPerSecond,
            $"/v1/sources/{sourceId}/hls/{id}/index.m3u8");
    }
}
