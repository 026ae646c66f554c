using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Appliance.Bench;

/// <summary>What is left of pictures that have nothing brighter than diffuse white, and no colour that BT.709 does not have, when they are mapped as a film's
/// are whose peak is so high, or as the shot itself is: the better, the nearer to what they were. And what each curve makes of light.</summary>
internal static class ToneMapLikeness
{
    private static readonly int[] FilmPeaks = [400, 1000, 4000];

    /// <param name="name">libav's name of the transfer.</param>
    /// <param name="transfer">Of the pictures.</param>
    /// <param name="film">As it was, 8 bits of BT.709.</param>
    /// <param name="pictures">The same in BT.2020, white at 203 cd/m².</param>
    public static void Show(string name, HdrTransfer transfer, List<AvFrame> film, List<AvFrame> pictures)
    {
        Console.WriteLine($"{name}, PSNR to what it was, dB{"brightness",24}{"Cb",8}{"Cr",8}");
        foreach (ToneCurve curve in ToneCurve.All)
        {
            foreach (GamutMapping gamut in Enum.GetValues<GamutMapping>())
            {
                foreach (int? peak in FilmPeaks.Select(peak => (int?)peak).Append(null))
                {
                    double[] likeness = Likeness(transfer, curve, gamut, peak, film, pictures);
                    Console.WriteLine(FormattableString.Invariant(
                        $"  {$"{curve.Name}, {gamut}, peak {(peak is null ? "of the shot" : "of the film " + peak)}",-46}{likeness[0],7:F1}{likeness[1],8:F1}{likeness[2],8:F1}"));
                }
            }
        }
    }

    /// <summary>Of 100 and 203 cd/m² what is shown on a screen of 203, and how many codes of eight bits are left for what is brighter than that.</summary>
    public static void ShowCurves()
    {
        Console.WriteLine($"{"curve and peak, cd/m²",-26}{"100 shown as",14}{"203 shown as",14}{"codes above",13}");
        foreach (ToneCurve curve in ToneCurve.All)
        {
            foreach (int peak in FilmPeaks)
            {
                double white = curve.Light(Transfer.WhiteNits, peak);
                Console.WriteLine(FormattableString.Invariant(
                    $"  {$"{curve.Name}, {peak}",-24}{203 * curve.Light(100, peak),14:F0}{203 * white,14:F0}{219 * (1 - Transfer.DisplaySignal(white)),13:F0}"));
            }
        }
    }

    private static double[] Likeness(HdrTransfer transfer, ToneCurve curve, GamutMapping gamut, int? peak, List<AvFrame> film, List<AvFrame> pictures)
    {
        var plan = new ToneMapPlan(transfer, peak ?? 10_000, curve, gamut, 8, ChromaSiting.TopLeft);
        using var mapper = new PictureToneMapper(plan, pictures[0], PlaneScaler.Widest);
        using var output = new AvFrame();
        long[] errors = new long[PlanarFormat.Planes];
        long[] samples = new long[PlanarFormat.Planes];
        for (int i = 0; i < pictures.Count; i++)
        {
            int? shown = peak ?? PeakOf(mapper, pictures[i]);
            mapper.Map(pictures[i], output, shown);
            for (int plane = 0; plane < errors.Length; plane++)
            {
                int width = plane == 0 ? output.Width : (output.Width + 1) / 2, height = plane == 0 ? output.Height : (output.Height + 1) / 2;
                errors[plane] += PlaneError.Squared(
                    new PlaneShape(width, height, 8), film[i].Plane(plane, height), film[i].Stride(plane), output.Plane(plane, height), output.Stride(plane), PlaneScaler.Widest);
                samples[plane] += (long)width * height;
            }
        }

        return [.. errors.Select((error, plane) => 10 * Math.Log10(255.0 * 255 * samples[plane] / Math.Max(1, error)))];
    }

    private static int PeakOf(PictureToneMapper mapper, AvFrame picture)
    {
        long[] counts = new long[ScenePeak.Bins];
        mapper.Count(picture, counts);
        return new PeakTrack().Next(ScenePeak.Signal(counts));
    }
}
