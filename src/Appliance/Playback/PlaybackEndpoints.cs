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
        return Document.Playlist(MediaPlaylist.Of(source.Description.Grid, Find(source, rendition).Recipe));
    }

    private static ArtifactResult Init(string id, string rendition, SourceLookup sources, SegmentCache cache)
    {
        PlayableSource source = sources.FindPlayable(id);
        Recipe recipe = Find(source, rendition).Recipe;
        return new(cache, Artifacts.Init(source, recipe), ContentType(recipe), ArtifactResult.Immutable);
    }

    private static ArtifactResult Segment(
        string id, string rendition, string index, SourceLookup sources, SegmentCache cache, ReadAhead readAhead)
    {
        PlayableSource source = sources.FindPlayable(id);
        Recipe recipe = Find(source, rendition).Recipe;
        bool exists = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && index == number.ToString(CultureInfo.InvariantCulture)
            && SegmentTimes.Exists(source.Description.Grid, recipe, number);
        if (!exists)
        {
            throw new RequestRefusedException(
                StatusCodes.Status404NotFound, $"There is no such segment: they are numbered 0 to {source.Description.Grid.SegmentCount - 1}.");
        }

        IEnumerable<Artifact> next = Enumerable.Range(number + 1, ReadAhead.Depth)
            .Where(following => SegmentTimes.Exists(source.Description.Grid, recipe, following))
            .Select(following => Artifacts.Segment(source, recipe, following));
        return new(
            cache,
            Artifacts.Segment(source, recipe, number),
            ContentType(recipe),
            ArtifactResult.Immutable,
            delivered: () => readAhead.Schedule(next));
    }

    private static Rendition Find(PlayableSource source, string id) =>
        source.Ladder.Renditions.FirstOrDefault(rendition => RenditionId.Of(rendition, source.Engine) == id)
        ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such rendition.");

    private static string ContentType(Recipe recipe) => recipe is AudioRecipe ? "audio/mp4" : "video/mp4";

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
