using System.Globalization;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>Pictures of one shape, and what a rung wants of them: another size, another dynamic range, or both.</summary>
/// <param name="Filter">To resample by; null where the size stays.</param>
/// <param name="SourceLayout">Of the pictures.</param>
/// <param name="SourceSize">Of the pictures.</param>
/// <param name="Size">Of what is made.</param>
/// <param name="ScaledLayout">Of what is scaled, before any tone mapping: 4:2:0, in planes.</param>
/// <param name="Siting">Of colour, in the source.</param>
/// <param name="ToneMap">Null where the dynamic range stays.</param>
internal sealed record ShapeOrder(
    ScaleFilter? Filter, PixelLayout SourceLayout, (int Width, int Height) SourceSize, (int Width, int Height) Size, PixelLayout ScaledLayout, ChromaSiting Siting, ToneMapPlan? ToneMap)
{
    public PictureShape Source => new(SourceLayout, SourceSize.Width, SourceSize.Height);

    /// <summary>Between the two steps.</summary>
    public PictureShape Scaled => new(ScaledLayout, Size.Width, Size.Height);

    public PictureShape Target => new(
        ToneMap is { TargetBits: 8 } ? PixelLayout.Named("yuv420p")! : ScaledLayout, Size.Width, Size.Height);

    /// <summary>Of colour, in what is scaled: as in the source, or as the tone mapper takes it.</summary>
    public ChromaSiting TargetSiting => ToneMap?.Siting ?? Siting;

    /// <summary>What its time depends on.</summary>
    public string Kind => string.Create(
        CultureInfo.InvariantCulture,
        $"{Filter?.Name} {SourceLayout.Name} {SourceSize.Width}×{SourceSize.Height} {Target.Layout.Name} {Size.Width}×{Size.Height} {ToneMap?.Curve.Name} {ToneMap?.Gamut}");

    /// <summary>The arithmetic of scaling.</summary>
    /// <exception cref="InvalidOperationException">The size stays.</exception>
    public ComponentPlans Plans() => ComponentPlans.For(
        Filter ?? throw new InvalidOperationException("The size stays."), Planar(SourceLayout), SourceSize, Planar(ScaledLayout), Size, Siting, TargetSiting);

    private static PlanarFormat Planar(PixelLayout layout) => new(layout.Bits, layout.ColumnStep, layout.RowStep);
}
