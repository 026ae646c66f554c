using System.Globalization;
using Appliance.Access;
using Appliance.Access.Keys;
using Appliance.Jobs.Batch;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Steering;
using Appliance.Watching;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

internal static class PlaybackEndpoints
{
    /// <summary>A still's address names no engine build, so it is asked about again after a day.</summary>
    private const string StillCaching = "public, max-age=86400";

    /// <summary>Rungs that are listed at once where they are named.</summary>
    private const int MostRenditions = 16;

    private static readonly Asked At = Asked.Query("t", "Seconds from the beginning; past the end means the last picture, and without it a tenth of the film in.") with { IsFraction = true };

    private static readonly Asked Burn = Asked.Query("burn", "Number of a track of subtitles that are pictures, to be laid over the film's.") with { Least = 0, Most = int.MaxValue };

    private static readonly Asked Renditions =
        Asked.Query("renditions", "Names with commas between, of those that the source is offered as, or of a size and rate as 960x540-1800k and 960x540-1800k-hevc: only these are listed, with all sound and subtitles.");

    private static readonly Asked Rendition = Asked.Path("rendition", "The rendition's id, as the lists and the source's description have it.", "720p-1f0e9d8c7b6a");

    private static readonly Asked Index = Asked.Path("index", "Of the segment, from 0.", "0") with { Least = 0, Most = int.MaxValue };

    public static void MapPlayback(this IEndpointRouteBuilder app)
    {
        app.MapWatching();
        RouteGroupBuilder source = app.MapGroup("/v1/sources/{id}");
        source.MapMethods("/still.jpg", SourceEndpoints.Reading, Still).Needs(Scope.Play).Describe(new("A picture of it")
        {
            Asks = [Asked.Source, At, Asked.Query("w", "Pixels; the next of 160, 320, 640 and 1280 is taken.") with { Least = 1, Most = int.MaxValue, Default = 640 }],
            Answers = [Answer.Bytes("image/jpeg", "The picture.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/tuning.json", SourceEndpoints.Reading, Tuning).Needs(Scope.Play).Describe(new("What is done to its pictures there and why, with one before and after")
        {
            Asks = [Asked.Source, At, Asked.Query("rung", "Name of a rung, as 720p; the first without it.")],
            Answers = [Answer.Json("TuningReport", "Of the segment there.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/master.m3u8", SourceEndpoints.Reading, MasterAsync).Needs(Scope.Play).Describe(new("Where a player of HLS starts")
        {
            Asks = [Asked.Source, Burn, Renditions],
            Answers = [Answer.Bytes("application/vnd.apple.mpegurl", "RFC 8216.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/{rendition}/index.m3u8", SourceEndpoints.Reading, Media).Needs(Scope.Play).Describe(new("One rendition's segments")
        {
            Asks = [Asked.Source, Rendition],
            Answers = [Answer.Bytes("application/vnd.apple.mpegurl", "RFC 8216.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/{rendition}/init.mp4", SourceEndpoints.Reading, Init).Needs(Scope.Play).Describe(new("What a player needs before a rendition's segments")
        {
            Asks = [Asked.Source, Rendition],
            Answers = [Answer.Bytes("video/mp4", "Of picture or sound."), Answer.Bytes("audio/mp4", "Of sound.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/{rendition}/{index}.m4s", SourceEndpoints.Reading, Segment).Needs(Scope.Play).Describe(new("A segment of picture or sound, which leaves while it is made")
        {
            Asks = [Asked.Source, Rendition, Index],
            Answers = [Answer.Bytes("video/mp4", "Of picture or sound."), Answer.Bytes("audio/mp4", "Of sound.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/{rendition}/{index}.vtt", SourceEndpoints.Reading, Words).Needs(Scope.Play).Describe(new("A segment of text")
        {
            Asks = [Asked.Source, Rendition, Index],
            Answers = [Answer.Bytes("text/vtt", "WebVTT.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/hls/{rendition}/{index}.jpg", SourceEndpoints.Reading, Sheet).Needs(Scope.Play).Describe(new("A sheet of thumbnails")
        {
            Asks = [Asked.Source, Rendition, Index],
            Answers = [Answer.Bytes("image/jpeg", "Filled row by row.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        source.MapMethods("/dash/manifest.mpd", SourceEndpoints.Reading, ManifestAsync).Needs(Scope.Play).Describe(new("Where a player of DASH starts; it names the files of HLS")
        {
            Asks = [Asked.Source, Burn, Renditions],
            Answers = [Answer.Bytes("application/dash+xml", "ISO/IEC 23009-1.")],
            Refuses = [404, 410, 422, 429, 502, 503],
        });
        app.MapSteering();
    }

    private static ArtifactResult Still(string id, string? t, string? w, SourceLookup sources, SegmentCache cache) =>
        new(cache, StillPicture.Of(sources.FindPlayable(id), t, w), "image/jpeg", StillCaching);

    /// <summary>Whoever waits for a picture that plays goes first.</summary>
    private static ArtifactResult Tuning(string id, string? t, string? rung, SourceLookup sources, SegmentCache cache) =>
        new(cache, TunedPicture.Of(sources.FindPlayable(id), t, rung), "application/json", StillCaching) { Urgency = new(WorkPriority.ReadAhead) };

    private static async Task<Document> MasterAsync(
        string id, string? burn, string? renditions, HttpContext context, SourceLookup sources, MadeHere here, SegmentCache cache, CancellationToken cancellationToken)
    {
        PlayableSource source = Listed(Chosen(Burning(sources.LookPlayable(id), burn), renditions), here);
        var steered = SteeredList.Of(source, burn ?? renditions, context);
        source = steered?.Source ?? source;
        Dictionary<Rendition, InitFacts> facts = await FactsAsync(
            source, [.. source.Ladder.Video, .. Pictures(source)], cache, cancellationToken);
        string[] codecs = [.. source.Ladder.Video.Select(rung => facts[rung].Codec)];
        string? pictureCodec = Pictures(source).Select(pictures => facts[pictures].Codec).FirstOrDefault();
        return Document.Playlist(
            MasterPlaylist.Of(source.Ladder, source.Engine, codecs, steered?.Pathways)
            + TrickPlayLines.Of(source.TrickPlay, source.Engine, pictureCodec, steered?.Pathways[0] ?? ListedPathway.Alone));
    }

    private static async Task<Document> ManifestAsync(
        string id, string? burn, string? renditions, HttpContext context, SourceLookup sources, MadeHere here, SegmentCache cache, CancellationToken cancellationToken)
    {
        PlayableSource source = Listed(Chosen(Burning(sources.LookPlayable(id), burn), renditions), here);
        var steered = SteeredList.Of(source, burn ?? renditions, context);
        source = steered?.Source ?? source;
        Dictionary<Rendition, InitFacts> facts = await FactsAsync(
            source, [.. source.Ladder.Video, .. source.Ladder.Audio], cache, cancellationToken);
        return Document.Manifest(new DashManifest(
            source.Description, source.Ladder, source.TrickPlay, source.Engine, rendition => facts[rendition], "../hls/", steered?.Dash).Write());
    }

    private static Document Media(string id, string rendition, SourceLookup sources)
    {
        PlayableSource source = Wishing(sources.FindPlayable(id), rendition);
        Grid grid = source.Description.Grid;
        return Document.Playlist(Find(source, rendition).Recipe switch
        {
            IFrameRecipe pictures => IFramePlaylist.Of(grid, pictures),
            TileRecipe tiles => ImagePlaylist.Of(grid, tiles),
            Recipe recipe => MediaPlaylist.Of(grid, recipe),
        });
    }

    private static ArtifactResult Init(string id, string rendition, SourceLookup sources, SegmentCache cache)
    {
        PlayableSource source = Wishing(sources.FindPlayable(id), rendition);
        Recipe recipe = FindTrack(source, rendition);
        return new(cache, Artifacts.Init(source, recipe), ContentType(recipe), ArtifactResult.Immutable);
    }

    private static SegmentResult Segment(string id, string rendition, string index, SourceLookup sources, HttpContext context, KeyMeter meter)
    {
        PlayableSource source = Wishing(sources.FindPlayable(id), rendition);
        Recipe recipe = FindTrack(source, rendition);
        int number = Number(source, recipe, index);
        Spend(context, meter, source, recipe, number);
        return new(source, recipe, number, ContentType(recipe));
    }

    /// <summary>One segment of text is half a minute ahead by itself: none is read ahead.</summary>
    private static ArtifactResult Words(
        string id, string rendition, string index, SourceLookup sources, SegmentCache cache, HttpContext context, KeyMeter meter)
    {
        PlayableSource source = sources.FindPlayable(id);
        Recipe recipe = Find(source, rendition).Recipe as TextRecipe ?? throw NoSuchRendition();
        int number = Number(source, recipe, index);
        Spend(context, meter, source, recipe, number);
        Artifact words = Artifacts.Segment(source, recipe, number);
        return new(cache, words, ContentType(recipe), ArtifactResult.Immutable);
    }

    /// <summary>Thumbnails are for looking around; whoever waits for a picture that plays goes first.</summary>
    private static ArtifactResult Sheet(string id, string rendition, string index, SourceLookup sources, SegmentCache cache)
    {
        PlayableSource source = sources.FindPlayable(id);
        Recipe recipe = Find(source, rendition).Recipe as TileRecipe ?? throw NoSuchRendition();
        Artifact sheet = Artifacts.Segment(source, recipe, Number(source, recipe, index));
        return new(cache, sheet, "image/jpeg", ArtifactResult.Immutable) { Urgency = new(WorkPriority.ReadAhead) };
    }

    /// <summary>What an app asks for counts against what its key may, made or kept; how long it is is told by the grid.</summary>
    private static void Spend(HttpContext context, KeyMeter meter, PlayableSource source, Recipe recipe, int number)
    {
        Grid grid = source.Description.Grid;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            meter.Spend(context.Caller(), (SegmentTimes.StartMicroseconds(grid, recipe, number + 1) - SegmentTimes.StartMicroseconds(grid, recipe, number)) / 1000);
        }
    }

    /// <exception cref="RequestRefusedException">404: there is no such segment.</exception>
    private static int Number(PlayableSource source, Recipe recipe, string index)
    {
        Grid grid = source.Description.Grid;
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && index == number.ToString(CultureInfo.InvariantCulture)
            && SegmentTimes.Exists(grid, recipe, number)
            ? number
            : throw new RequestRefusedException(
                StatusCodes.Status404NotFound, $"There is no such segment: they are numbered 0 to {recipe.SegmentCount(grid) - 1}.");
    }

    /// <summary>The source with subtitles of pictures over its rungs, where they are asked for.</summary>
    /// <param name="source">As it is.</param>
    /// <param name="burn">The track, as the source's description numbers it, or null.</param>
    /// <exception cref="RequestRefusedException">404: there is no such track, or it is none of pictures.</exception>
    private static PlayableSource Burning(PlayableSource source, string? burn) =>
        burn is null ? source
        : int.TryParse(burn, NumberStyles.None, CultureInfo.InvariantCulture, out int track) && source.Ladder.WithBurnt(track) is { } ladder
            ? source with { Ladder = ladder }
            : throw new RequestRefusedException(
                StatusCodes.Status404NotFound, "There is no such track of subtitles to lay over the picture.");

    /// <summary>The source with those rungs alone that are named, which may be of any size and rate.</summary>
    /// <exception cref="RequestRefusedException">400: it is not offered as one of them; the message says what is.</exception>
    private static PlayableSource Chosen(PlayableSource source, string? renditions)
    {
        if (renditions is null)
        {
            return source;
        }

        string[] names = renditions.Split(',', MostRenditions + 1);
        if (names.Length > MostRenditions)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, $"renditions must be at most {MostRenditions} names with commas between.");
        }

        try
        {
            return source with { Ladder = RenditionChoice.Of(source.Ladder, names, codecs: null) };
        }
        catch (UsageException exception)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    /// <summary>The source with the rung that an address names, where it is one that was wished for.</summary>
    private static PlayableSource Wishing(PlayableSource source, string id) =>
        id.LastIndexOf('-') is > 0 and int end && source.Ladder.Wish(id[..end]) is { } wished ? source with { Ladder = source.Ladder with { Wished = [wished] } } : source;

    private static PlayableSource Listed(PlayableSource source, MadeHere here) => source with
    {
        Ladder = here.Listed(source.Description, source.Ladder),
        TrickPlay = here.Listed(source.Description, source.TrickPlay),
    };

    private static IEnumerable<Rendition> Pictures(PlayableSource source) =>
        source.TrickPlay.IFrames is { } pictures ? [pictures] : [];

    /// <summary>A recipe that is played: it has an init segment and media segments.</summary>
    private static Recipe FindTrack(PlayableSource source, string id) =>
        Find(source, id).Recipe is var recipe and not (TileRecipe or TextRecipe) ? recipe : throw NoSuchRendition();

    private static Rendition Find(PlayableSource source, string id) =>
        source.Ladder.AllRenditions.Concat(source.Ladder.Beside).Concat(source.TrickPlay.Renditions)
            .FirstOrDefault(rendition => id.StartsWith(rendition.Name, StringComparison.Ordinal) && RenditionId.Of(rendition, source.Engine) == id)
        ?? throw NoSuchRendition();

    private static RequestRefusedException NoSuchRendition() =>
        new(StatusCodes.Status404NotFound, "There is no such rendition.");

    private static string ContentType(Recipe recipe) => recipe switch
    {
        AudioRecipe => "audio/mp4",
        TextRecipe => "text/vtt; charset=utf-8",
        _ => "video/mp4",
    };

    /// <summary>What the init segments say of themselves: they are made first, all at once.</summary>
    private static async Task<Dictionary<Rendition, InitFacts>> FactsAsync(
        PlayableSource source, IReadOnlyList<Rendition> renditions, SegmentCache cache, CancellationToken cancellationToken)
    {
        InitFacts[] facts = await Task.WhenAll(renditions.Select(
            rendition => FactsAsync(cache, Artifacts.Init(source, rendition.Recipe), cancellationToken)));
        return renditions.Zip(facts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static async Task<InitFacts> FactsAsync(SegmentCache cache, Artifact init, CancellationToken cancellationToken)
    {
        using ArtifactReader reader = cache.Open(init, Urgency.Playing);
        using var bytes = new MemoryStream(capacity: 4096);
        await foreach (ReadOnlyMemory<byte> piece in reader.ReadAsync(0, long.MaxValue, cancellationToken))
        {
            bytes.Write(piece.Span);
        }

        return InitFacts.Of(bytes.ToArray());
    }
}
