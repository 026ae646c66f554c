namespace Transcode.Engine.Recipes;

/// <summary>What is done to pictures, and how strongly; nothing where all is 0. In this order.</summary>
/// <param name="TemporalQuarters">Averaging in time: how much a sample may change from one picture to another and still be
/// taken for the same, in quarters of a code value of 8 bits; 0 for none, up to <see cref="LargestTemporalQuarters"/>.</param>
/// <param name="SpatialTenths">Averaging in space: tenths of libavfilter's nlmeans' strength, 10 to 300; 0 for none.</param>
/// <param name="DebandQuarters">Bands: samples nearer than this to the mean around them become it, in quarters of a code value
/// of 8 bits; 0 for none, up to <see cref="LargestDebandQuarters"/>.</param>
/// <param name="SharpenHundredths">Sharpening by contrast: 1 to 100; 0 for none.</param>
public sealed record TuningPlan(int TemporalQuarters, int SpatialTenths, int DebandQuarters, int SharpenHundredths)
{
    public const int LargestTemporalQuarters = 255;

    public const int SmallestSpatialTenths = 10;

    public const int LargestSpatialTenths = 300;

    public const int LargestDebandQuarters = 64;

    public const int LargestSharpenHundredths = 100;

    /// <summary>Averaging of Cb in space, in the tenths of <see cref="SpatialTenths"/>; null for as much as of brightness.</summary>
    public int? CbTenths { get; init; }

    /// <summary>Likewise, of Cr.</summary>
    public int? CrTenths { get; init; }

    /// <summary>Pictures pass as they are.</summary>
    public static TuningPlan None { get; } = new(0, 0, 0, 0);

    /// <summary>Averaging of a plane in space, in tenths.</summary>
    /// <param name="plane">0 is brightness, 1 and 2 are Cb and Cr.</param>
    public int SpatialTenthsOf(int plane) => plane switch { 0 => SpatialTenths, 1 => CbTenths ?? SpatialTenths, _ => CrTenths ?? SpatialTenths };

    /// <summary>The same plan with each plane averaged in space by strengths of its own.</summary>
    public TuningPlan WithSpatial(int brightness, int cb, int cr) => this with
    {
        SpatialTenths = brightness,
        CbTenths = cb == brightness ? null : cb,
        CrTenths = cr == brightness ? null : cr,
    };

    /// <summary>Whether every strength is one that there is.</summary>
    public bool IsPossible() =>
        TemporalQuarters is >= 0 and <= LargestTemporalQuarters
        && IsSpatial(SpatialTenths)
        && IsSpatial(CbTenths ?? 0)
        && IsSpatial(CrTenths ?? 0)
        && DebandQuarters is >= 0 and <= LargestDebandQuarters
        && SharpenHundredths is >= 0 and <= LargestSharpenHundredths;

    private static bool IsSpatial(int tenths) => tenths is 0 or (>= SmallestSpatialTenths and <= LargestSpatialTenths);
}
