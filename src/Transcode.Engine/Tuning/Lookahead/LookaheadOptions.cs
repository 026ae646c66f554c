using Transcode.Engine.Recipes;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>What a lookahead goes by. Part of the recipe by its name, whose number is that of the arithmetic.</summary>
/// <param name="LongSide">Samples of the longer side of what is looked at, at most. Grain and fine motion that a rung is too small to
/// show must be gone from it.</param>
/// <param name="Ahead">Pictures known beyond one that is decided.</param>
/// <param name="Strength">Quantizer steps, in 256ths, for each doubling of what depends on a block.</param>
/// <param name="BetweenShare">Of the cost of a picture taken from both sides, in 256ths, that it is weighed with: it is coded more
/// coarsely than it was looked at.</param>
internal sealed record LookaheadOptions(int LongSide, int Ahead, int Strength, int BetweenShare)
{
    /// <summary>By the name that a recipe has.</summary>
    /// <exception cref="NotSupportedException">There is none of that name.</exception>
    public static LookaheadOptions Named(string name) => name switch
    {
        VideoRecipe.LargeLookahead => new(640, 16, 512, 240),
        VideoRecipe.SmallLookahead => new(427, 16, 512, 208),
        _ => throw new NotSupportedException($"No lookahead {name} is known."),
    };

    /// <summary>The size at which pictures are looked at, in blocks.</summary>
    /// <param name="width">Of the source, in square pixels.</param>
    /// <param name="height">Of the source, in square pixels.</param>
    public (int Columns, int Rows) Blocks(int width, int height)
    {
        double scale = Math.Min(1, LongSide / (double)Math.Max(width, height)) / BlockKernels.Side;
        return (Whole(width * scale), Whole(height * scale));
    }

    private static int Whole(double blocks) => Math.Max(1, (int)Math.Round(blocks));
}
