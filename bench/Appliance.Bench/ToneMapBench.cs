using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Appliance.Bench;

/// <summary>Our tone mapping beside what the box does by zimg and libavfilter's <c>tonemap</c>, and our bwdif beside libavfilter's: the same
/// pictures, each on this one thread, the others as libavfilter runs them in this process. Processor time, in alternating order.</summary>
internal static class ToneMapBench
{
    private const int Pictures = 6;

    private const int DefaultRounds = 9;

    private const int PeakNits = 1000;

    public static Task<int> RunAsync(BenchArguments arguments) =>
        Film.MeasureAsync(arguments, (film, bytes) => Measure(film, bytes, arguments.Count ?? DefaultRounds));

    private static void Measure(string film, byte[] bytes, int rounds)
    {
        List<AvFrame> pictures = FilmPictures.Decode(bytes, Pictures, 24, "yuv420p");
        Console.WriteLine($"{film}, {Pictures} pictures of {pictures[0].Width}x{pictures[0].Height}, load before {Load.Now}");
        MeasureToneMapping(pictures, HdrTransfer.Pq, "smpte2084", rounds);
        MeasureToneMapping(pictures, HdrTransfer.Hlg, "arib-std-b67", rounds);
        ToneMapLikeness.ShowCurves();
        MeasureDeinterlacing(pictures, rounds);
        MeasureDeinterlacing([.. pictures.Select(picture => FilmPictures.Converted(picture, [new("format", "yuv420p10le")]))], rounds);
    }

    private static void MeasureToneMapping(List<AvFrame> film, HdrTransfer transfer, string name, int rounds)
    {
        // As an HDR source would have it: diffuse white at 203 cd/m², in BT.2020.
        List<AvFrame> pictures = [.. film.Select(picture => FilmPictures.Converted(picture,
        [
            new("setparams", "color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"),
            new("zscale", $"p=bt2020:t={name}:m=bt2020nc:r=limited:npl=203:c=topleft"),
            new("format", ColorConversion.PixelFormat),
        ]))];
        FilterStep[] theirs =
        [
            new("setparams", $"color_primaries=bt2020:color_trc={name}:colorspace=bt2020nc:range=tv"),
            new("zscale", "t=linear:npl=203"),
            new("format", "gbrpf32le"),
            new("tonemap", FormattableString.Invariant($"tonemap=mobius:desat=0:peak={PeakNits / 203.0:0.000000}")),
            new("zscale", "p=bt709:t=bt709:m=bt709:r=limited:dither=ordered"),
            new("format", "yuv420p"),
        ];
        List<KernelTrial> trials =
        [
            .. KernelTrial.Widths.Reverse().SelectMany(lanes => new[]
            {
                Ours(pictures, new(transfer, PeakNits, ToneCurve.Mobius, GamutMapping.Clip, 8, ChromaSiting.TopLeft), lanes),
                Ours(pictures, new(transfer, PeakNits, ToneCurve.Bt2390, GamutMapping.Desaturate, 8, ChromaSiting.TopLeft), lanes),
            }),
            Counting(pictures, new(transfer, PeakNits, ToneCurve.Mobius, GamutMapping.Clip, 8, ChromaSiting.TopLeft)),
            Theirs(pictures, FilterGraph.For(pictures[0], theirs)),
        ];
        Compare($"{name} to 8 bits", trials, Megapixels(pictures), rounds);
        ToneMapLikeness.Show(name, transfer, film, pictures);
        pictures.ForEach(picture => picture.Dispose());
    }

    private static void MeasureDeinterlacing(List<AvFrame> pictures, int rounds)
    {
        List<KernelTrial> trials = [.. KernelTrial.Widths.Reverse().Select(lanes => Ours(pictures, lanes))];
        FilterGraph graph = FilterGraph.For(pictures[0], [new("bwdif", "mode=send_field:parity=tff:deint=all")]);
        var output = new AvFrame();
        trials.Add(new("libavfilter's bwdif", () => pictures.ForEach(picture =>
        {
            graph.Send(picture);
            while (graph.TryReceive(output))
            {
                output.Clear();
            }
        }), graph));
        string format = AvUtil.PixelFormatName(pictures[0].Format);
        Compare($"bwdif, a picture a field, {format}", trials, 2 * Megapixels(pictures), rounds);
        output.Dispose();
    }

    /// <summary>Lets each run in turn, and prints pixels a second and ratios to the last. They are disposed of.</summary>
    private static void Compare(string title, List<KernelTrial> trials, double megapixels, int rounds)
    {
        KernelTrial.Alternate(trials, rounds);
        Console.WriteLine($"{title,-44}{"Mpixel/s",10}{"to the last",13}");
        foreach (KernelTrial trial in trials)
        {
            Console.WriteLine(FormattableString.Invariant($"  {trial.Name,-42}{megapixels / trial.Median,10:F0}{trial.FasterThan(trials[^1]),13:F2}"));
        }

        trials.ForEach(trial => trial.Dispose());
    }

    private static KernelTrial Ours(List<AvFrame> pictures, ToneMapPlan plan, LaneWidth lanes)
    {
        var mapper = new PictureToneMapper(plan, pictures[0], lanes);
        var output = new AvFrame();
        return new($"ours, {plan.Curve.Name}, {plan.Gamut}, {KernelTrial.Bytes(lanes)}", () => pictures.ForEach(picture => mapper.Map(picture, output)), new Both(mapper, output));
    }

    private static KernelTrial Counting(List<AvFrame> pictures, ToneMapPlan plan)
    {
        var mapper = new PictureToneMapper(plan, pictures[0], PlaneScaler.Widest);
        long[] counts = new long[ScenePeak.Bins];
        return new("counting how bright pixels are", () => pictures.ForEach(picture => mapper.Count(picture, counts)), mapper);
    }

    private static KernelTrial Ours(List<AvFrame> pictures, LaneWidth lanes)
    {
        var deinterlacer = new PictureDeinterlacer(pictures[0], lanes);
        var output = new AvFrame();
        return new($"ours, {KernelTrial.Bytes(lanes)}", () =>
        {
            int count = pictures.Count;
            for (int i = 0; i < 2 * count; i++)
            {
                int at = i / 2;
                deinterlacer.Deinterlace(pictures[(at + count - 1) % count], pictures[at], pictures[(at + 1) % count], topFirst: true, second: i % 2 == 1, output);
            }
        }, new Both(deinterlacer, output));
    }

    private static KernelTrial Theirs(List<AvFrame> pictures, FilterGraph graph)
    {
        var output = new AvFrame();
        return new("zscale, tonemap=mobius, zscale", () => pictures.ForEach(picture => graph.Apply(picture, output)), new Both(graph, output));
    }

    private static double Megapixels(List<AvFrame> pictures) => (double)pictures[0].Width * pictures[0].Height * pictures.Count / 1e6;

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
