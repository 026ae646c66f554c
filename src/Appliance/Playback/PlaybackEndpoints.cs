using System.Globalization;
using Appliance.Problems;
using Appliance.Sources;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;

namespace Appliance.Playback;

internal static class PlaybackEndpoints
{
    /// <summary>A still's address names no engine build, so it is asked about again after a day.</summary>
    private const string StillCaching = "public, max-age=86400";

    public static void MapPlayback(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder source = app.MapGroup("/v1/sources/{id}");
        source.MapMethods("/still.jpg", SourceEndpoints.Reading, Still);
        source.MapMethods("/hls/master.m3u8", SourceEndpoints.Reading, MasterAsync);
        source.MapMethods("/hls/{rendition}/index.m3u8", SourceEndpoints.Reading, Media);
        source.MapMethods("/hls/{rendition}/init.mp4", SourceEndpoints.Reading, Init);
        source.MapMethods("/hls/{rendition}/{index}.m4s", SourceEndpoints.Reading, Segment);
        source.MapMethods("/hls/{rendition}/{index}.vtt", SourceEndpoints.Reading, TextSegment);
    }

    private static ArtifactResult Still(string id, string? t, string? w, SourceLookup sources, SegmentCache cache) =>
        new(cache, StillPicture.Of(sources.FindPlayable(id), t, w), "image/jpeg", StillCaching);

    /// <summary>Says what the init segments say of themselves, so they are made first, all rungs at once.</summary>
    private static async Task<Document> MasterAsync(
        string id, SourceLookup sources, SegmentCache cache, CancellationToken cancellationToken)
    {
        PlayableSource source = sources.FindPlayable(id);
        string[] codecs = await Task.WhenAll(source.Ladder.Video.Select(
            rung => CodecAsync(cache, Artifacts.Init(source, rung.Recipe), cancellationToken)));
        return Document.Playlist(MasterPlaylist.Of(source.Ladder, source.Engine, codecs));
    }

    private static Document Media(string id, string rendition, SourceLookup sources)
    {
        PlayableSource source = sources.FindPlayable(id);
        return Document.Playlist(MediaPlaylist.Of(
            source.Description.Grid, FindIn(source.Ladder.Renditions.Concat(source.Ladder.Text), source, rendition).Recipe));
    }

    private static ArtifactResult Init(string id, string rendition, SourceLookup sources, SegmentCache cache)
    {
        PlayableSource source = sources.FindPlayable(id);
        Recipe recipe = FindIn(source.Ladder.Renditions, source, rendition).Recipe;
        return new(cache, Artifacts.Init(source, recipe), ContentType(recipe), ArtifactResult.Immutable);
    }

    private static ArtifactResult Segment(
        string id, string rendition, string index, SourceLookup sources, SegmentCache cache, ReadAhead readAhead)
    {
        PlayableSource source = sources.FindPlayable(id);
        return SegmentOf(source, FindIn(source.Ladder.Renditions, source, rendition).Recipe, index, cache, readAhead);
    }

    private static ArtifactResult TextSegment(
        string id, string rendition, string index, SourceLookup sources, SegmentCache cache, ReadAhead readAhead)
    {
        PlayableSource source = sources.FindPlayable(id);
        return SegmentOf(source, FindIn(source.Ladder.Text, source, rendition).Recipe, index, cache, readAhead);
    }

    private static ArtifactResult SegmentOf(
        PlayableSource source, Recipe recipe, string index, SegmentCache cache, ReadAhead readAhead)
    {
        bool exists = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && index == number.ToString(CultureInfo.InvariantCulture)
            && SegmentTimes.Exists(source.Description.Grid, recipe, number);
        if (!exists)
        {
            throw new RequestRefusedException(
                StatusCodes.Status404NotFound, $"There is no such segment: they are numbered 0 to {SegmentTimes.Count(source.Description.Grid, recipe) - 1}.");
        }

        // One segment of text is half a minute ahead by itself.
        IEnumerable<Artifact> next = Enumerable.Range(number + 1, recipe is TextRecipe ? 0 : ReadAhead.Depth)
            .Where(following => SegmentTimes.Exists(source.Description.Grid, recipe, following))
            .Select(following => Artifacts.Segment(source, recipe, following));
        return new(
            cache,
            Artifacts.Segment(source, recipe, number),
            ContentType(recipe),
            ArtifactResult.Immutable,
            delivered: () => readAhead.Schedule(next));
    }

    private static Rendition FindIn(IEnumerable<Rendition> renditions, PlayableSource source, string id) =>
        renditions.FirstOrDefault(rendition => RenditionId.Of(rendition, source.Engine) == id)
        ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such rendition.");

    private static string ContentType(Recipe recipe) => recipe switch
    {
        AudioRecipe => "audio/mp4",
        TextRecipe => "text/vtt; charset=utf-8",
        _ => "video/mp4",
    };

    private static async Task<string> CodecAsync(SegmentCache cache, Artifact init, CancellationToken cancellationToken)
    {
        using ArtifactReader reader = cache.Open(init);
        using var bytes = new MemoryStream(capacity: 4096);
        await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, cancellationToken))
        {
            bytes.Write(piece.Span);
        }

        return CodecString.FromInit(bytes.ToArray());
    }
}
