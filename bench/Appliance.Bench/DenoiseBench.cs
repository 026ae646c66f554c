using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>Our kernels that clean and sharpen beside libavfilter's: the brightness of the same pictures, each on this one thread,
/// libavfilter in this process. Processor time, in alternating order.</summary>
internal static class DenoiseBench
{
    private const int Pictures = 12;

    private const int DefaultRounds = 5;

    private static readonly (int Bits, string Format)[] Depths = [(8, "gray"), (10, "gray10le")];

    public static Task<int> RunAsync(BenchArguments arguments) =>
        Film.MeasureAsync(arguments, (film, bytes) => Measure(film, bytes, arguments.Count ?? DefaultRounds));

    private static void Measure(string film, byte[] bytes, int rounds)
    {
        Console.WriteLine($"{film}, {Pictures} pictures, brightness alone, lanes {PlaneScaler.Widest}, load before {Load.Now}");
        Console.WriteLine($"{"",-40}{"Mpixel/s",10}{"ms",9}  speed to libavfilter's");
        foreach ((int bits, string format) in Depths)
        {
            List<AvFrame> pictures = FilmPictures.Decode(bytes, Pictures, 1, format);
            using var kernels = new KernelRuns(pictures, bits);
            foreach (string kernel in KernelRuns.Names)
            {
                Measure(kernels, kernel, rounds);
            }

            SharpeningReach.Measure(pictures, bits, rounds);
            pictures.ForEach(picture => picture.Dispose());
        }

    }

    private static void Measure(KernelRuns kernels, string kernel, int rounds)
    {
        List<KernelTrial> trials =
        [
            .. KernelTrial.Widths.Select(width => new KernelTrial($"ours, {KernelTrial.Bytes(width)}", kernels.Ours(kernel, width))),
        ];
        if (kernels.Theirs(kernel) is { } theirs)
        {
            trials.Add(new("libavfilter", theirs));
        }

        KernelTrial.Alternate(trials, rounds);
        PlaneShape shape = kernels.Shape;
        double pixels = (double)shape.Width * shape.Height * Pictures / 1e6;
        KernelTrial? other = trials.SingleOrDefault(trial => trial.Name == "libavfilter");
        foreach (KernelTrial trial in trials.OrderBy(trial => trial.Name, StringComparer.Ordinal))
        {
            string ratio = other is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{trial.FasterThan(other),10:F2}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kernel,-14}{shape.Bits,2} bit  {trial.Name,-20}{pixels / trial.Median,10:F0}{trial.Median * 1000 / Pictures,9:F2}{ratio}"));
        }
    }
}
