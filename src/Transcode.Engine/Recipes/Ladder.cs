using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The adaptive-bitrate ladder of a source: which renditions are offered.</summary>
/// <param name="Video">Group after group, H.264 first, largest first in each, and last the source's own video; empty where the source has no picture.</param>
/// <param name="Audio">The first is the default; empty where the source has no sound.</param>
/// <param name="Text">Subtitles, in the source's order, then those of files beside it; may be empty.</param>
public sealed record Ladder(IReadOnlyList<Rendition> Video, IReadOnlyList<Rendition> Audio, IReadOnlyList<Rendition> Text)
{
    /// <summary>Rungs with subtitles of pictures laid over them, track after track. They stand beside the ladder, for whoever asks
    /// for one of these tracks, and in none of its lists.</summary>
    public IReadOnlyList<Rendition> Burnt { get; init; } = [];

    /// <summary>Rungs of other sizes and rates that were wished for by name (<see cref="Wish"/>), and stand beside the ladder too.</summary>
    public IReadOnlyList<Rendition> Wished { get; init; } = [];

    /// <summary>Every rung that stands beside it.</summary>
    public IEnumerable<Rendition> Beside => Burnt.Concat(Wished);

    /// <summary>What it was made of.</summary>
    private (SourceDescription Source, Offer Offer)? Origin { get; init; }

    /// <summary>Every rendition of picture and sound, video first: those that have an initialization segment.</summary>
    public IEnumerable<Rendition> Renditions => Video.Concat(Audio);

    /// <summary>Every rendition, subtitles last.</summary>
    public IEnumerable<Rendition> AllRenditions => Renditions.Concat(Text);

    /// <summary>How its rungs of standard dynamic range are made of a high one, which single pictures follow; null where nothing is mapped.</summary>
    public StandardRange? StandardRange =>
        Video.Select(rung => rung.Recipe is VideoRecipe { ToneMap: { } map } recipe ? new StandardRange(map, recipe.Scaler) : null).FirstOrDefault(range => range is not null);

    /// <summary>The highest promise among the subtitles; 0 without any.</summary>
    public int TextPeakBitsPerSecond => Text.Count == 0 ? 0 : Text.Max(text => text.PeakBitsPerSecond);

    /// <summary>The highest average among the subtitles; 0 without any.</summary>
    public int TextAverageBitsPerSecond => Text.Count == 0 ? 0 : Text.Max(text => text.AverageBitsPerSecond);

    /// <summary>The same ladder with a track of pictures laid over its rungs, in place of those without.</summary>
    /// <param name="track">Its stream's number in the container.</param>
    /// <returns>Null where there is no such track, or it cannot be laid over the picture.</returns>
    public Ladder? WithBurnt(int track) =>
        Burnt.Where(rung => rung.Track!.StreamIndex == track).ToList() is { Count: > 0 } rungs ? this with { Video = rungs } : null;

    /// <summary>The same ladder with the subtitles of these files beside the source, and no others.</summary>
    /// <param name="tracks">In the order offered.</param>
    /// <param name="grid">The source's.</param>
    public Ladder WithSidecars(IEnumerable<SidecarTrack> tracks, Grid grid) => this with
    {
        Text = [.. Text.Where(text => text.Track is not SidecarTrack), .. tracks.Select(track => TextOffer.Of(track, grid))],
    };

    /// <summary>The same ladder, made by a device where one takes it. Rungs that are wished for by name stay the box's own: they are made up at each asking.</summary>
    /// <param name="encoder">The device's.</param>
    /// <param name="parameterSets">Of a rung by the recipe of its own encoder, without subtitles over it; null leaves it to that one.</param>
    public Ladder WithEncoder(DeviceEncoder encoder, Func<VideoRecipe, string?> parameterSets)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(parameterSets);
        return this with { Video = [.. Video.Select(Made)], Burnt = [.. Burnt.Select(Made)] };

        Rendition Made(Rendition rung) =>
            rung.Recipe is VideoRecipe recipe && DeviceEncoder.Takes(recipe) && parameterSets(recipe with { BurnIn = null }) is { } sets
                ? rung with { Recipe = encoder.Making(recipe, sets) }
                : rung;
    }

    /// <summary>A rung of another size and rate, by its name (<see cref="RungWish"/>).</summary>
    /// <returns>Null where it is no such name, or is not made of this source.</returns>
    public Rendition? Wish(string? name) =>
        name is not null && Origin is (var source, var offer) && RungWish.Read(name) is { } wish ? VideoLadder.Wished(source, offer, wish) : null;

    /// <summary>What any box offers.</summary>
    public static Ladder For(SourceDescription source) => For(source, Offer.Default);

    public static Ladder For(SourceDescription source, Offer offer)
    {
        List<Rendition> video = VideoLadder.For(source, offer);
        return new(video, SoundOffer.Of(source), TextOffer.Of(source)) { Burnt = BurnInOffer.Of(source, video), Origin = (source, offer) };
    }
}
