using System.Globalization;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Tuning;

/// <summary>How people say how a high dynamic range is shown in the standard one: <c>auto</c>, or what is to be otherwise, as <c>curve=spline,peak=600</c>.</summary>
internal static class ToneMapChoice
{
    public const string Usage = "auto, or any of curve=bt2390/mobius/spline, peak=shots/film/NITS and gamut=desaturate/clip";

    /// <param name="text">What was written; null for the default.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static PictureToneMap Parse(string? text)
    {
        PictureToneMap map = PictureToneMap.Auto;
        if (text is null or "auto")
        {
            return map;
        }

        foreach (string part in text.Split(','))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            map = (pair[0], pair[^1]) switch
            {
                ("curve", "bt2390") => map with { Curve = PictureToneMap.Bt2390 },
                ("curve", "mobius") => map with { Curve = PictureToneMap.Mobius },
                ("curve", "spline") => map with { Curve = PictureToneMap.Spline },
                ("gamut", "desaturate") => map with { Gamut = PictureToneMap.Desaturate },
                ("gamut", "clip") => map with { Gamut = PictureToneMap.Clip },
                ("peak", "shots") => map with { PeakRule = PictureToneMap.ShotPeaks, PeakNits = null },
                ("peak", "film") => map with { PeakRule = null, PeakNits = null },
                ("peak", var nits) => map with { PeakRule = null, PeakNits = Nits(nits, text) },
                _ => throw Senseless(text),
            };
        }

        return map;
    }

    private static int Nits(string text, string all) =>
        !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int nits) ? throw Senseless(all)
        : nits is >= PictureToneMap.LeastPeakNits and <= PictureToneMap.MostPeakNits ? nits
        : throw new UsageException($"--tone-map: peak goes from {PictureToneMap.LeastPeakNits} to {PictureToneMap.MostPeakNits} cd/m², or is shots or film, not {text}.");

    private static UsageException Senseless(string text) => new($"--tone-map wants {Usage}, as curve=spline,peak=600, not {text}.");
}
