using Appliance.Jobs.Batch;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Rewards.Command;

/// <summary>What was ordered of a source, as whoever verifies makes it: the ladder's rungs, and such of any size and rate, whose names say all of them.</summary>
internal sealed class OrderedRungs
{
    /// <summary>As many as a quote has; a box that shows more is not listened to on.</summary>
    private const int MostNames = 64;

    private readonly Dictionary<string, Rendition> known;
    private readonly HashSet<string>? ordered;

    private OrderedRungs(Ladder ladder, IReadOnlyList<string>? names)
    {
        Wished = [.. (names ?? []).Distinct().Select(ladder.Wish).OfType<Rendition>()];
        known = ladder.AllRenditions.Concat(ladder.Burnt).Concat(Wished).DistinctBy(rendition => rendition.Recipe.Id).ToDictionary(rendition => rendition.Recipe.Id);
        ordered = names is null ? null : [.. names.SelectMany(name => RenditionChoice.Of(ladder, [name], codecs: null).Video).Select(rendition => rendition.Recipe.Id)];
    }

    /// <summary>Those that the box lists to nobody who does not name them.</summary>
    public IReadOnlyList<Rendition> Wished { get; }

    /// <summary>What whoever verifies says that he ordered.</summary>
    /// <param name="ladder">Of his own build.</param>
    /// <param name="names">As the quote was asked for them.</param>
    /// <exception cref="UsageException">One is not made of this source; the message says what is.</exception>
    public static OrderedRungs Said(Ladder ladder, IReadOnlyList<string> names) => new(ladder, names);

    /// <summary>What the box says was ordered. What this build does not know of it is left out.</summary>
    /// <param name="ladder">Of whoever verifies.</param>
    /// <param name="names">Null where the box says nothing: then all of the ladder may have been.</param>
    public static OrderedRungs Shown(Ladder ladder, IReadOnlyList<string>? names) => new(ladder, names is null ? null : [.. names.Take(MostNames).Where(name => IsMade(ladder, name))]);

    /// <summary>What has this recipe; null where this build makes nothing by it of what may have been ordered.</summary>
    public Rendition? Find(string recipe) => known.GetValueOrDefault(recipe);

    /// <summary>Sound and subtitles always go along.</summary>
    public bool Has(Rendition rendition) => rendition.Recipe is not PictureRecipe || ordered?.Contains(rendition.Recipe.Id) is null or true;

    private static bool IsMade(Ladder ladder, string? name)
    {
        try
        {
            return name is not null && RenditionChoice.Of(ladder, [name], codecs: null) is not null;
        }
        catch (UsageException)
        {
            return false;
        }
    }
}
