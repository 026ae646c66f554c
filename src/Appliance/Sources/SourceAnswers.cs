using Appliance.Playback;
using Appliance.Sources.Sidecars;
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
            return new(source.Id, source.Title, refused is null ? "probing" : "refused", refused?.Failure.Message, refused?.Code, source.Origin, source.WrittenAt,
                null, null, null, null, null, null, null, null, null);
        }

        VideoTrack? video = found.Video;
        return new(
            source.Id,
            source.Title,
            "ready",
            found.PictureRefusal,
            ReasonCode: null,
            source.Origin,
            source.WrittenAt,
            Math.Round(found.Grid.Duration.TotalSeconds, 6),
            video?.Width,
            video?.Height,
            video is null ? null : found.Grid.FrameRate.ToString(),
            video is not null,
            found.Audio.Count > 0,
            video is null && found.Cover is null ? null : $"{url}/still.jpg",
            $"{url}/hls/master.m3u8",
            $"{url}/dash/manifest.mpd");
    }

    public static SourceDetailResponse Detail(Source source, MadeHere here)
    {
        SourceSummary s = Summary(source);
        var ready = source.State as SourceState.Ready;
        RenditionResponse[] renditions = ready is null
            ? []
            : [.. ready.Ladder.AllRenditions.Select(r => Rendition(source.Id, r, RenditionId.Of(r, ready.Engine), here.WhyNot(ready.Description, r.Recipe)))];
        return new(s.Id, s.Title, s.State, s.Reason, s.ReasonCode, s.Origin, s.WrittenAt, s.DurationSeconds, s.Width, s.Height, s.FrameRate, s.HasVideo,
            s.HasAudio, s.Still, s.Master, s.Manifest, ready is null ? null : Thumbnails(source.Id, ready, here), renditions,
            [.. (ready?.Description.Text ?? []).Select(track => Subtitle(source.Id, ready!.Ladder, track)), .. source.Sidecars.Select(Subtitle)],
            [.. (ready?.Description.Chapters ?? []).Select(Chapter)],
            ready?.Description.CopyRefusal);
    }

    private static ThumbnailsResponse? Thumbnails(string sourceId, SourceState.Ready found, MadeHere here) =>
        here.Listed(found.Description, found.TrickPlay).Tiles is { Recipe: TileRecipe recipe } tiles
            ? new(
                $"/v1/sources/{sourceId}/hls/{RenditionId.Of(tiles, found.Engine)}/",
                recipe.Width,
                recipe.Height,
                recipe.Columns,
                recipe.Rows,
                Math.Round(recipe.FramesApart / found.Description.Grid.FrameRate.ToDouble(), 6),
                recipe.TileCount(found.Description.Grid))
            : null;

    private static RenditionResponse Rendition(string sourceId, Rendition rendition, string id, string? notHere)
    {
        var video = rendition.Recipe as PictureRecipe;
        return new(
            rendition.Name,
            id,
            rendition.Recipe switch
            {
                AudioRecipe => "audio",
                TextRecipe => "text",
                _ => "video",
            },
            video?.Width,
            video?.Height,
            rendition.PeakBitsPerSecond,
            rendition.AverageBitsPerSecond,
            $"/v1/sources/{sourceId}/hls/{id}/index.m3u8",
            (rendition.Recipe as AudioRecipe)?.Channels,
            SpokenLanguage.Of(rendition.Track?.Language)?.Tag,
            notHere)
        {
            Device = RenditionDevice.Of(rendition.Recipe),
        };
    }

    private static SubtitleResponse Subtitle(string sourceId, Ladder ladder, TextTrack track) => new(
        track.StreamIndex,
        track.Codec,
        track.Form switch
        {
            TextForm.Words => "words",
            TextForm.Pictures => "pictures",
            _ => "unknown",
        },
        SpokenLanguage.Of(track.Language)?.Tag,
        track.Title,
        ladder.WithBurnt(track.StreamIndex) is null ? null : $"/v1/sources/{sourceId}/hls/master.m3u8?burn={track.StreamIndex}");

    private static SubtitleResponse Subtitle(Sidecar sidecar) => new(
        Track: null, sidecar.Track.Codec, "words", SpokenLanguage.Of(sidecar.Track.Language)?.Tag, sidecar.Track.Title, Burnt: null);

    private static ChapterResponse Chapter(Chapter chapter) =>
        new(chapter.StartMicroseconds / 1e6, chapter.EndMicroseconds / 1e6, chapter.Title);
}
