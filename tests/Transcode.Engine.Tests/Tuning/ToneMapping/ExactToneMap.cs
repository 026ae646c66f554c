using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>Tone mapping by the standards' formulas in double precision, with nothing rounded: what the mapper is measured against. It
/// shares no arithmetic with it.</summary>
internal static class ExactToneMap
{
    private const double White = 203;

    /// <summary>Between what a colour's eight-bit code values in BT.709 lie, not whole, where its R, G and B may each be off by so much.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="codes">Ten-bit Y, Cb, Cr in BT.2020.</param>
    /// <param name="slack">Of signals from 0 to 1.</param>
    public static (double Least, double Most)[] Between(ToneMapPlan plan, int[] codes, double slack)
    {
        double[][] corners = [.. Enumerable.Range(0, 27).Select(i => Codes(plan, codes, [slack * ((i % 3) - 1), slack * ((i / 3 % 3) - 1), slack * ((i / 9) - 1)]))];
        return [.. Enumerable.Range(0, 3).Select(plane => (corners.Min(corner => corner[plane]), corners.Max(corner => corner[plane])))];
    }

    /// <summary>A colour's ten-bit code values (Y, Cb, Cr) in BT.2020 to its eight-bit ones in BT.709, not whole.</summary>
    public static double[] Codes(ToneMapPlan plan, int[] codes, double[] off)
    {
        double luma = (codes[0] - 64) / 876.0;
        double r = luma + (1.4746 * (codes[2] - 512) / 896), b = luma + (1.8814 * (codes[1] - 512) / 896);
        double g = (luma - (0.2627 * r) - (0.0593 * b)) / 0.6780;
        double[] nits = Nits(plan.Transfer, [.. new[] { r, g, b }.Zip(off, (signal, by) => Math.Clamp(signal + by, 0, 1))]);
        double largest = Math.Max(nits.Max(), 1e-9);
        double share = Curve(plan.Curve.Name, largest, plan.PeakNits) / largest;
        double[] light = [.. nits.Select(n => n * share)];
        double[] narrow =
        [
            (1.660491 * light[0]) - (0.587641 * light[1]) - (0.072850 * light[2]),
            (-0.124550 * light[0]) + (1.132900 * light[1]) - (0.008349 * light[2]),
            (-0.018151 * light[0]) - (0.100579 * light[1]) + (1.118730 * light[2]),
        ];
        double[] shown = [.. (plan.Gamut == GamutMapping.Desaturate ? Desaturated(narrow) : narrow).Select(c => Math.Pow(Math.Clamp(c, 0, 1), 1 / 2.4))];
        double grey = (0.2126 * shown[0]) + (0.7152 * shown[1]) + (0.0722 * shown[2]);
        return [16 + (219 * grey), 128 + (224 * (shown[2] - grey) / 1.8556), 128 + (224 * (shown[0] - grey) / 1.5748)];
    }

    /// <summary>cd/m² of R, G and B on the display.</summary>
    public static double[] Nits(HdrTransfer transfer, double[] signals)
    {
        if (transfer == HdrTransfer.Pq)
        {
            return [.. signals.Select(PqNits)];
        }

        double[] scene = [.. signals.Select(s => s <= 0.5 ? s * s / 3 : (Math.Exp((s - 0.55991073) / 0.17883277) + 0.28466892) / 12)];
        double surround = Math.Pow((0.2627 * scene[0]) + (0.6780 * scene[1]) + (0.0593 * scene[2]), 0.2);
        return [.. scene.Select(light => 1000 * light * surround)];
    }

    /// <summary>Light from 0 to 1.</summary>
    public static double Curve(string name, double nits, double peakNits) => nits >= peakNits ? 1 : name switch
    {
        "mobius-1" => Mobius(nits / White, peakNits / White),
        "bt2390-1" => Bt2390(nits, peakNits),
        "spline-1" => Spline(nits, peakNits),
        _ => throw new ArgumentException(name),
    };

    public static double PqNits(double signal)
    {
        double power = Math.Pow(signal, 32 / 2523.0);
        return 10_000 * Math.Pow(Math.Max(power - 0.8359375, 0) / (18.8515625 - (18.6875 * power)), 16384 / 2610.0);
    }

    public static double PqSignal(double nits)
    {
        double power = Math.Pow(nits / 10_000, 2610 / 16384.0);
        return Math.Pow((0.8359375 + (18.8515625 * power)) / (1 + (18.6875 * power)), 2523 / 32.0);
    }

    /// <summary>In the form that libavfilter's vf_tonemap writes it in.</summary>
    private static double Mobius(double light, double peak)
    {
        const double j = 0.3;
        double a = -j * j * (peak - 1) / ((j * j) - (2 * j) + peak);
        double b = ((j * j) - (2 * j * peak) + peak) / (peak - 1);
        return light <= j ? light : ((b * b) + (2 * b * j) + (j * j)) / (b - a) * (light + a) / (light + b);
    }

    /// <summary>ITU-R BT.2390-10, 5.4.1.</summary>
    private static double Bt2390(double nits, double peakNits)
    {
        double masterWhite = PqSignal(peakNits);
        double e1 = PqSignal(nits) / masterWhite, maxLum = PqSignal(White) / masterWhite;
        double ks = (1.5 * maxLum) - 0.5;
        double t = (e1 - ks) / (1 - ks);
        double e2 = e1 < ks ? e1
            : (((2 * Math.Pow(t, 3)) - (3 * t * t) + 1) * ks) + ((Math.Pow(t, 3) - (2 * t * t) + t) * (1 - ks)) + (((-2 * Math.Pow(t, 3)) + (3 * t * t)) * maxLum);
        return PqNits(e2 * masterWhite) / White;
    }

    /// <summary>By what is asked of it: a cubic with slope 1 where it begins, no bend where it ends.</summary>
    private static double Spline(double nits, double peakNits)
    {
        double pivot = PqSignal(10);
        double x = (PqSignal(nits) - pivot) / (PqSignal(peakNits) - pivot), end = (PqSignal(White) - pivot) / (PqSignal(peakNits) - pivot);
        return nits <= 10 ? nits / White
            : PqNits(pivot + ((x - ((1 - end) * ((1.5 * x * x) - (0.5 * x * x * x)))) * (PqSignal(peakNits) - pivot))) / White;
    }

    public static double[] Desaturated(double[] colour)
    {
        double grey = (0.2126 * colour[0]) + (0.7152 * colour[1]) + (0.0722 * colour[2]);
        double reach = Math.Max((grey - colour.Min()) / Math.Max(grey, 1e-12), (colour.Max() - grey) / Math.Max(1 - grey, 1e-12));
        double held = reach <= 0.8 ? reach : 0.8 + (0.2 * (reach - 0.8) / (reach - 0.8 + 0.2));
        return reach <= 0 ? colour : [.. colour.Select(c => grey + ((c - grey) * held / reach))];
    }
}
