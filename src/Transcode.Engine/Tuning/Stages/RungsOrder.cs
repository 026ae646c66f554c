using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>Pictures of one shape, and the sizes and layouts that each is to be scaled to.</summary>
internal sealed record RungsOrder
{
    /// <param name="filter">To resample by.</param>
    /// <param name="source">Layout of the pictures.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="siting">Of colour, in source and targets.</param>
    /// <param name="rungs">At least one: 4:2:0 of as many bits as the source or fewer.</param>
    /// <exception cref="NotSupportedException">A rung is none such.</exception>
    public RungsOrder(ScaleFilter filter, PixelLayout source, int width, int height, ChromaSiting siting, params IReadOnlyList<(PixelLayout Layout, int Width, int Height)> rungs)
    {
        (Filter, Source, Width, Height, Siting, Rungs) = (filter, source, width, height, siting, rungs);
        foreach ((PixelLayout layout, _, _) in rungs)
        {
            if (layout is not { ColumnStep: 2, RowStep: 2 } || layout.Bits > source.Bits)
            {
                throw new NotSupportedException($"Pictures in {source.Name} cannot be scaled to {layout.Name}.");
            }
        }
    }

    public ScaleFilter Filter { get; }

    public PixelLayout Source { get; }

    public int Width { get; }

    public int Height { get; }

    public ChromaSiting Siting { get; }

    public IReadOnlyList<(PixelLayout Layout, int Width, int Height)> Rungs { get; }

    /// <summary>A rung's arithmetic.</summary>
    public ComponentPlans Plans(int rung) => ComponentPlans.For(
        Filter, Planar(Source), (Width, Height), Planar(Rungs[rung].Layout), (Rungs[rung].Width, Rungs[rung].Height), Siting);

    private static PlanarFormat Planar(PixelLayout layout) => new(layout.Bits, layout.ColumnStep, layout.RowStep);
}
