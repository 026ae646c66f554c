using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>Our scaler beside libswscale and zimg: the same pictures of a film to the sizes of its rungs, each on this one
/// thread, the others as libavfilter runs them in this process. Processor time, in alternating order; likeness of
/// brightness of the last picture to scaling in double precision.</summary>
internal static class ScaleBench
{
    private const int Pictures = 12;

    private const int DefaultRounds = 9;

    private static readonly (int Long, int Short)[] Boxes = [(1280, 720), (854, 480), (640, 360)];

    private static readonly (ScaleFilter Filter, string Swscale, string Zimg)[] Filters =
    [
        (ScaleFilter.Bicubic, "flags=bicubic", "filter=bicubic:param_a=0:param_b=0.6"),
        (ScaleFilter.Lanczos3, "flags=lanczos", "filter=lanczos"),
    ];

    public static Task<int> RunAsync(BenchArguments arguments) =>
        Film.MeasureAsync(arguments, (film, bytes) => Measure(film, bytes, arguments.Count ?? DefaultRounds));

    private static void Measure(string film, byte[] bytes, int rounds)
    {
        List<AvFrame> eight = FilmPictures.Decode(bytes, Pictures, 24, "yuv420p");
        List<AvFrame> ten = [.. eight.Select(picture => FilmPictures.Converted(picture, [new("format", "yuv420p10le")]))];
        Console.WriteLine($"{film}, {Pictures} pictures of {eight[0].Width}x{eight[0].Height}, lanes {PlaneScaler.Widest}, load before {Load.Now}");
        Console.WriteLine($"{"",-34}{"Mpixel/s",10}{"ms",8}{"PSNR",9}{"SSIM dB",9}  speed to swscale's, to zimg's");
        foreach ((int longSide, int shortSide) in Boxes)
        {
            foreach (List<AvFrame> pictures in new[] { eight, ten })
            {
                foreach (var filter in Filters)
                {
                    Measure(pictures, filter, longSide, shortSide, rounds);
                }
            }
        }

        SegmentParts.Print(bytes, rounds / 2);
    }

    private static void Measure(
        List<AvFrame> pictures, (ScaleFilter Filter, string Swscale, string Zimg) by, int width, int height, int rounds)
    {
        AvFrame first = pictures[0];
        string format = AvUtil.PixelFormatName(first.Format);
        string size = string.Create(CultureInfo.InvariantCulture, $"w={width}:h={height}");
        List<ScaleTrial> trials =
        [
            .. KernelTrial.Widths.Select(lanes => ScaleTrial.Ours(by.Filter, pictures, width, height, lanes)),
            ScaleTrial.Of("swscale", pictures, new("scale", $"{size}:{by.Swscale}")),
            ScaleTrial.Of("zimg", pictures, new("zscale", $"{size}:{by.Zimg}:dither=none")),
        ];
        // A film's first pictures are often black.
        AvFrame shown = pictures[^1];
        ScaleLikeness exact = new(by.Filter, shown, width, height);
        trials.ForEach(trial => trial.Likeness = exact.Of(trial.Scale(shown)));
        KernelTrial.Alternate([.. trials.Select(trial => trial.Taken)], rounds);

        double pixels = (double)first.Width * first.Height * pictures.Count / 1e6;
        KernelTrial swscale = trials.Single(trial => trial.Taken.Name == "swscale").Taken;
        KernelTrial zimg = trials.Single(trial => trial.Taken.Name == "zimg").Taken;
        foreach (ScaleTrial trial in trials.OrderBy(trial => trial.Taken.Name, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{height}p {(format == "yuv420p" ? 8 : 10),2} bit {by.Filter.Name,-11}{trial.Taken.Name,-12}{pixels / trial.Taken.Median,10:F0}{trial.Taken.Median * 1000 / pictures.Count,8:F2}{trial.Likeness.Psnr,9:F2}{trial.Likeness.Ssim,9:F2}{trial.Taken.FasterThan(swscale),9:F2}{trial.Taken.FasterThan(zimg),8:F2}"));
            trial.Dispose();
        }
    }
}
