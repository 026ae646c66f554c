namespace Transcode.Engine.Tuning.Scaling;

/// <summary>The arithmetic of a whole picture: of brightness, and of both kinds of colour, which lie in the target where they lie in the
/// source unless it is said where.</summary>
/// <param name="Luma">Brightness.</param>
/// <param name="Chroma">Colour.</param>
internal sealed record ComponentPlans(PlanePlan Luma, PlanePlan Chroma)
{
    /// <param name="filter">To resample by.</param>
    /// <param name="source">How much of colour the source has, and of how many bits.</param>
    /// <param name="from">Pixels of the source.</param>
    /// <param name="target">How much of colour the target has, and of how many bits.</param>
    /// <param name="to">Pixels of the target.</param>
    /// <param name="siting">Of colour, in the source.</param>
    /// <param name="targetSiting">Of colour, in the target; null for the same.</param>
    public static ComponentPlans For(
        ScaleFilter filter, PlanarFormat source, (int Width, int Height) from, PlanarFormat target, (int Width, int Height) to, ChromaSiting siting, ChromaSiting? targetSiting = null) => new(
            new(
                ScaleAxis.For(filter, Raster.Full(from.Width), from.Width, Raster.Full(to.Width), to.Width, evenStarts: true),
                ScaleAxis.For(filter, Raster.Full(from.Height), from.Height, Raster.Full(to.Height), to.Height, evenStarts: false),
                source.Bits,
                target.Bits),
            new(
                ScaleAxis.For(filter, source.Across(from.Width, siting), from.Width, target.Across(to.Width, targetSiting ?? siting), to.Width, evenStarts: true),
                ScaleAxis.For(filter, source.Down(from.Height, siting), from.Height, target.Down(to.Height, targetSiting ?? siting), to.Height, evenStarts: false),
                source.Bits,
                target.Bits));
}
