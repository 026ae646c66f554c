using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Tuning.ToneMapping;

namespace Transcode.Engine.Tests.Segments;

/// <summary>High dynamic range by the standards' own formulas, in double precision: what tone mapping is measured against.</summary>
internal static class HdrReference
{
    /// <summary>SMPTE ST 2084, equation 4: cd/m² of a signal from 0 to 1.</summary>
    public static double PqNits(double signal)
    {
        const double m1 = 2610.0 / 16384, m2 = 2523.0 / 32, c1 = 3424.0 / 4096, c2 = 2413.0 / 128, c3 = 2392.0 / 128;
        double power = Math.Pow(Math.Max(signal, 0), 1 / m2);
        return 10_000 * Math.Pow(Math.Max(power - c1, 0) / (c2 - (c3 * power)), 1 / m1);
    }

    /// <summary>ITU-R BT.2100, tables 4 and 5: cd/m² of a grey HLG signal on a display of 1000 cd/m², whose system gamma is 1.2.</summary>
    public static double HlgGreyNits(double signal)
    {
        const double a = 0.17883277, b = 0.28466892, c = 0.55991073;
        double scene = signal <= 0.5 ? signal * signal / 3 : (Math.Exp((signal - c) / a) + b) / 12;
        return 1000 * Math.Pow(scene, 1.2);
    }

    /// <summary>Ten-bit limited-range BT.2020 code values to their non-linear R, G, B (ITU-R BT.2020, tables 4 and 5).</summary>
    public static double[] Rgb(int y, int cb, int cr)
    {
        const double kr = 0.2627, kb = 0.0593;
        double luma = (y - 64) / 876.0, blue = (cb - 512) / 896.0, red = (cr - 512) / 896.0;
        double r = luma + (2 * (1 - kr) * red), b = luma + (2 * (1 - kb) * blue);
        return [r, (luma - (kr * r) - (kb * b)) / (1 - kr - kb), b];
    }

    /// <summary>Light in BT.2020 primaries, cd/m², to eight-bit limited-range BT.709 code values (Y, Cb, Cr): the curve by the
    /// largest component, the primaries of ITU-R BT.2087 (table 2 inverted), BT.1886's power of 2.4.</summary>
    public static double[] Standard(double[] nits, PictureToneMap map)
    {
        double largest = Math.Max(nits.Max(), 1e-6);
        double share = ExactToneMap.Curve(map.Curve, largest, map.PeakNits!.Value) / largest;
        double r = nits[0] * share, g = nits[1] * share, b = nits[2] * share;
        double[] narrow =
        [
            (1.660491 * r) - (0.587641 * g) - (0.072850 * b),
            (-0.124550 * r) + (1.132900 * g) - (0.008349 * b),
            (-0.018151 * r) - (0.100579 * g) + (1.118730 * b),
        ];
        double[] shown = [.. (map.Gamut == PictureToneMap.Desaturate ? ExactToneMap.Desaturated(narrow) : narrow).Select(Signal)];
        const double kr = 0.2126, kb = 0.0722;
        double luma = (kr * shown[0]) + ((1 - kr - kb) * shown[1]) + (kb * shown[2]);
        return
        [
            16 + (219 * luma),
            128 + (224 * (shown[2] - luma) / (2 * (1 - kb))),
            128 + (224 * (shown[0] - luma) / (2 * (1 - kr))),
        ];
    }

    private static double Signal(double light) => Math.Pow(Math.Clamp(light, 0, 1), 1 / 2.4);
}
