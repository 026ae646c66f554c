using Appliance.Budgets;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Whether this box has the memory for a rendition. What it has not is listed to no player; whoever asks for it is told why.</summary>
internal sealed class MadeHere(PoolSize size)
{
    /// <returns>Null where it is made here.</returns>
    public string? WhyNot(SourceDescription source, Recipe recipe) => Refusal(source, recipe)?.Message;

    /// <summary>The ladder without the pictures that are not made here.</summary>
    /// <exception cref="TranscodeException">There are pictures, and none of them is.</exception>
    public Ladder Listed(SourceDescription source, Ladder ladder)
    {
        Rendition[] made = [.. ladder.Video.Where(rung => Refusal(source, rung.Recipe) is null)];
        return made.Length == ladder.Video.Count ? ladder
            : made.Length > 0 ? ladder with { Video = made }
            : throw Refusal(source, ladder.Video.MinBy(rung => Need(source, rung.Recipe))!.Recipe)!;
    }

    /// <summary>Single pictures to look around by, as far as they are.</summary>
    public TrickPlay Listed(SourceDescription source, TrickPlay trickPlay) =>
        trickPlay.Renditions.Any(pictures => Refusal(source, pictures.Recipe) is not null) ? TrickPlay.None : trickPlay;

    private static long Need(SourceDescription source, Recipe recipe) => MemoryNeed.Of(new SegmentOrder(source, recipe, 0));

    private TranscodeException? Refusal(SourceDescription source, Recipe recipe) => MemoryNeed.Refusal(new SegmentOrder(source, recipe, 0), size.Now);
}
