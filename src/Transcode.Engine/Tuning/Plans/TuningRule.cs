using System.Globalization;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>What the rule <see cref="PictureTuning.AutoRule"/> does to a shot, by what it is like. Strengths come in steps, so that parts of
/// one shot in two segments get the same.</summary>
internal static class TuningRule
{
    /// <summary>Below it nobody sees noise, and encoders at our rates drop it.</summary>
    public const double LeastNoise = 1.2;

    /// <summary>Pictures looked at, at a shot's beginning.</summary>
    public const int Pictures = 3;

    /// <summary>Of each of them, of 32 rows: a share of the picture that says as much as all of it, in a fifth of the time at 1080p.</summary>
    public const int Bands = 6;

    /// <summary>Likewise, of the planes of colour, which have half as many rows.</summary>
    public const int ColourBands = 3;

    /// <summary>What a shot's textured windows must keep of their likeness (SSIM) to what they were.</summary>
    public const double LeastLikeness = 0.97;

    /// <summary>A window is textured from so many times the noise's deviation on: removing the noise alone then costs a likeness of
    /// 1/32 at most.</summary>
    public const double TexturedFrom = 4;

    /// <summary>Tenths of the strength for each code value of the noise's deviation.</summary>
    private const double StrengthOfNoise = 9.5;

    /// <summary>Likewise, of the noise of a plane of colour: more costs colours what noise has left of them, by their likeness to the clean ones.</summary>
    private const double StrengthOfColourNoise = 8.5;

    /// <summary>Thousandths of samples at the edges of bands: a clean film has less than one, test cards with steps in them a few.</summary>
    private const double LeastBanding = 8;

    /// <summary>In code values of 8 bits: twice as much took more of clean pictures, and gave less.</summary>
    private const int BandQuarters = 8;

    /// <summary>Edges that are softer have lost what there was.</summary>
    private const double SoftEdges = 0.35;

    /// <summary>For edges that are entirely soft.</summary>
    private const int MostSharpening = 40;

    /// <summary>Standard deviations, a third apart, that stand for all between.</summary>
    private static readonly double[] NoiseSteps = [1.5, 2, 2.7, 3.6, 4.8, 6.4, 8.5, 11, 15, 20];

    /// <summary>What reasons call the noise of brightness, Cb and Cr.</summary>
    private static readonly string[] Planes = ["noise", "noise of Cb", "noise of Cr"];

    /// <param name="measures">Of the shot.</param>
    /// <param name="reasons">Receives a line for each of what could be done.</param>
    public static TuningPlan Decide(TuningMeasures measures, List<string> reasons)
    {
        int spatial = Denoising(0, measures.Noise, StrengthOfNoise, reasons);
        int cb = Denoising(1, measures.CbNoise, StrengthOfColourNoise, reasons);
        int cr = Denoising(2, measures.CrNoise, StrengthOfColourNoise, reasons);
        return new TuningPlan(0, 0, Debanding(measures, spatial > 0, reasons), Sharpening(measures, spatial > 0, reasons)).WithSpatial(spatial, cb, cr);
    }

    /// <summary>The plan, or one that averages a plane half as strongly, or not at all, where it would take detail with the noise.</summary>
    /// <param name="plan">Decided.</param>
    /// <param name="likeness">Of the shot's textured windows, tuned by a plan, to what they were: in brightness, Cb and Cr; null where there are none.</param>
    /// <param name="reasons">Receives a line for each step taken back.</param>
    public static TuningPlan Guarded(TuningPlan plan, Func<TuningPlan, IReadOnlyList<double?>> likeness, List<string> reasons)
    {
        int[] tenths = [.. Enumerable.Range(0, Planes.Length).Select(plan.SpatialTenthsOf)];
        for (bool isWeakened = true; isWeakened && tenths.Any(strength => strength > 0);)
        {
            IReadOnlyList<double?> kept = likeness(TuningPlan.None.WithSpatial(tenths[0], tenths[1], tenths[2]));
            isWeakened = false;
            for (int plane = 0; plane < tenths.Length; plane++)
            {
                if (tenths[plane] > 0 && kept[plane] < LeastLikeness)
                {
                    isWeakened = true;
                    tenths[plane] = tenths[plane] / 2 < TuningPlan.SmallestSpatialTenths ? 0 : tenths[plane] / 2;
                    reasons.Add(Text($"{Planes[plane]}: {(tenths[plane] == 0 ? "left alone" : "half as strong")}, for texture would keep {kept[plane]:0.000} of its likeness, below {LeastLikeness:0.00}"));
                }
            }
        }

        return plan.WithSpatial(tenths[0], tenths[1], tenths[2]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Of a plane, by its own noise.</summary>
    private static int Denoising(int plane, double noise, double strength, List<string> reasons)
    {
        if (noise < LeastNoise)
        {
            reasons.Add(Text($"{Planes[plane]}: left alone, its deviation of {noise:0.0} is below {LeastNoise:0.0}"));
            return 0;
        }

        double step = NoiseSteps.MinBy(step => Math.Abs(Math.Log(step / noise)));
        int tenths = Math.Min((int)Math.Round(strength * step), TuningPlan.LargestSpatialTenths);
        reasons.Add(Text($"{Planes[plane]}: averaged in space at strength {tenths / 10.0:0.0}, for its deviation is {noise:0.0}"));
        return tenths;
    }

    private static int Debanding(TuningMeasures measures, bool isNoisy, List<string> reasons)
    {
        if (isNoisy || measures.Banding < LeastBanding)
        {
            reasons.Add(isNoisy
                ? "bands: left alone, noise hides them"
                : Text($"bands: none, {measures.Banding:0.0} thousandths of the samples lie at an edge of some, below {LeastBanding:0.0}"));
            return 0;
        }

        reasons.Add(Text($"bands: smoothed, {measures.Banding:0.0} thousandths of the samples lie at an edge of some"));
        return BandQuarters;
    }

    private static int Sharpening(TuningMeasures measures, bool isNoisy, List<string> reasons)
    {
        if (isNoisy || measures.Sharpness is not { } sharpness)
        {
            reasons.Add(isNoisy ? "edges: left alone, noise would be sharpened with them" : "edges: there are hardly any");
            return 0;
        }

        int tens = (int)Math.Round((1 - (sharpness / SoftEdges)) * MostSharpening / 10);
        if (tens <= 0)
        {
            reasons.Add(Text($"edges: sharp as they are, {sharpness:0.00}"));
            return 0;
        }

        reasons.Add(Text($"edges: sharpened by {tens * 10} of 100, for they are soft, {sharpness:0.00}, below {SoftEdges:0.00}"));
        return tens * 10;
    }
}
