using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs.Batch;

/// <summary>Which of a source's renditions a job makes. Sound and subtitles always go along: a rung without them is not the
/// film.</summary>
internal static class RenditionChoice
{
    /// <summary>Codecs by the name people ask for them, and libav's encoder of each.</summary>
    private static readonly Dictionary<string, string> EncoderOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["h264"] = "libx264",
        ["hevc"] = "libx265",
        ["av1"] = "libsvtav1",
    };

    /// <param name="ladder">What is offered.</param>
    /// <param name="rungs">Names of rungs, as <c>720p</c>; null for all that are encoded: the source's own video would take as much
    /// room again, and is there already. Names of sound are taken and change nothing.</param>
    /// <param name="codecs">Names of codecs, as <c>h264</c>; null for all.</param>
    /// <exception cref="UsageException">One of them is not known or not offered; the message says what is.</exception>
    public static Ladder Of(Ladder ladder, IReadOnlyList<string>? rungs, IReadOnlyList<string>? codecs)
    {
        Rendition[] wished = [.. (rungs ?? []).Distinct().Select(ladder.Wish).OfType<Rendition>()];
        string[] encoders = [.. (codecs ?? []).Select(codec => Encoder(ladder, codec))];
        Rendition[] offered = [.. ladder.Video.Where(rung => codecs is null || encoders.Contains(EncoderOrAlike(rung)))];
        foreach (string name in rungs ?? [])
        {
            if (!offered.Concat(wished).Concat(ladder.AllRenditions.Where(r => r.Recipe is not PictureRecipe)).Any(rung => Is(rung, name)))
            {
                throw new UsageException($"This source is not offered as {name}; it is as {List(offered.Select(rung => rung.Name))}, or at a size and rate that suits it, as 960x540-1800k.");
            }
        }

        return ladder with { Video = [.. offered.Where(rung => rungs is null ? rung.Recipe is VideoRecipe : rungs.Any(name => Is(rung, name))), .. wished] };
    }

    private static string EncoderOrAlike(Rendition rung) => (rung.Recipe as CopyRecipe)?.EncoderAlike ?? (rung.Recipe as VideoRecipe)?.OwnEncoder ?? rung.Recipe.Encoder;

    private static string Encoder(Ladder ladder, string codec)
    {
        if (!EncoderOf.TryGetValue(codec, out string? encoder))
        {
            throw new UsageException($"There is no codec {codec}; known are {List(EncoderOf.Keys)}.");
        }

        return ladder.Video.Any(rung => EncoderOrAlike(rung) == encoder)
            ? encoder
            : throw new UsageException($"This source is not offered in {codec}; it is in {List(Codecs(ladder))}.");
    }

    private static IEnumerable<string> Codecs(Ladder ladder) =>
        EncoderOf.Where(known => ladder.Video.Any(rung => EncoderOrAlike(rung) == known.Value)).Select(known => known.Key);

    /// <summary>A size stands for its rungs in every codec: <c>720p</c> is <c>720p-hevc</c> too.</summary>
    private static bool Is(Rendition rung, string name) =>
        rung.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || rung.Name.StartsWith($"{name}-", StringComparison.OrdinalIgnoreCase);

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "sound only";
}
