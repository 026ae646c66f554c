namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>How code values stand for light: the standards' formulas.</summary>
internal static class Transfer
{
    /// <summary>Diffuse white of HDR pictures, in cd/m² (ITU-R BT.2408, 2.1): what becomes 1.0 of linear light.</summary>
    public const double WhiteNits = 203;

    /// <summary>Of the display that HLG is shown as if on, in cd/m²: the one whose system gamma is 1.2 (ITU-R BT.2100, table 5).</summary>
    public const double HlgPeakNits = 1000;

    /// <summary>The exponent of luminance that HLG's OOTF multiplies by: gamma less 1.</summary>
    public const double HlgOotfExponent = 0.2;

    private const double M1 = 2610.0 / 16384, M2 = 2523.0 / 32, C1 = 3424.0 / 4096, C2 = 2413.0 / 128, C3 = 2392.0 / 128;

    /// <summary>cd/m² of a PQ signal from 0 to 1 (SMPTE ST 2084, equation 4).</summary>
    public static double PqNits(double signal)
    {
        double power = Elementary.Power(signal, 1 / M2);
        return 10_000 * Elementary.Power((power - C1) / (C2 - (C3 * power)), 1 / M1);
    }

    /// <summary>PQ signal of cd/m² from 0 to 10000 (SMPTE ST 2084, equation 5).</summary>
    public static double PqSignal(double nits)
    {
        double power = Elementary.Power(nits / 10_000, M1);
        return Elementary.Power((C1 + (C2 * power)) / (1 + (C3 * power)), M2);
    }

    /// <summary>Scene light from 0 to 1 of an HLG signal (ITU-R BT.2100, table 5: the inverse OETF).</summary>
    public static double HlgScene(double signal)
    {
        const double a = 0.17883277, b = 0.28466892, c = 0.55991073;
        return signal <= 0.5 ? signal * signal / 3 : (Elementary.Exp((signal - c) / a) + b) / 12;
    }

    /// <summary>The signal that a display without black of its own shows as this light (ITU-R BT.1886, inverted).</summary>
    public static double DisplaySignal(double light) => Elementary.Power(light, 1 / 2.4);
}
