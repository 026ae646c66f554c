using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>Where one segment of a whole ladder goes, in processor time: decoding it, shaping it for every rung, by libavfilter
/// alone and as the product does, and encoding. In this process, in alternating order.</summary>
internal static class SegmentParts
{
    public static void Print(byte[] film, int rounds)
    {
        using SourceReader source = SourceReader.Open(new MemoryByteReader(film));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        VideoRecipe[] rungs = [.. LadderBench.Rungs(Ladder.For(description)).Select(rung => rung.Recipe).OfType<VideoRecipe>()];
        int index = description.Grid.SegmentCount / 2;
        var decoding = new List<double>();
        var before = new List<double>();
        var after = new List<double>();
        var encoding = new List<double>();
        for (int round = 0; round <= rounds; round++)
        {
            List<AvFrame> pictures = [];
            double decoded = Seconds(() => pictures = Decode(source, description, index));
            double[] shaped = new double[2];
            List<AvFrame>[] ready = [];
            foreach (int way in round % 2 == 0 ? new[] { 0, 1 } : [1, 0])
            {
                Release(ready);
                shaped[way] = Seconds(() => ready = [.. rungs.Select(rung => Shape(description.Video!, rung, pictures, ours: way == 1))]);
            }

            // The first warms up.
            if (round > 0)
            {
                decoding.Add(decoded);
                before.Add(shaped[0]);
                after.Add(shaped[1]);
                encoding.Add(Seconds(() => Encode(description.Grid, index, rungs, ready)));
            }

            Release([pictures, .. ready]);
        }

        double rest = Medians.Of(decoding) + Medians.Of(encoding);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\none segment of {description.Grid.FramesIn(index)} pictures, {rungs.Length} rungs ({string.Join(", ", rungs.Select(rung => rung.Height))}), processor seconds, medians of {rounds}:"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"decoding {Medians.Of(decoding):F2}, encoding {Medians.Of(encoding):F2}, shaping by libavfilter {Medians.Of(before):F2}, as the product does {Medians.Of(after):F2} ({Medians.Of(before) / Medians.Of(after):F2} times as fast)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"all: {rest + Medians.Of(before):F2} before, {rest + Medians.Of(after):F2} after, {(rest + Medians.Of(after)) / (rest + Medians.Of(before)):F3} of it"));
    }

    private static List<AvFrame> Decode(SourceReader source, SourceDescription description, int index)
    {
        long first = description.Grid.FirstFrame(index);
        using var reader = new PictureReader(source, description, first, description.Video!.Deinterlacer);
        var pictures = new List<AvFrame>();
        for (int i = 0; i < description.Grid.FramesIn(index); i++)
        {
            var kept = new AvFrame();
            kept.Reference(reader.PictureAt(first + i));
            pictures.Add(kept);
        }

        return pictures;
    }

    private static List<AvFrame> Shape(VideoTrack video, VideoRecipe recipe, List<AvFrame> pictures, bool ours)
    {
        using var shaper = new PictureShaper(
            video.RotationDegrees, recipe.Width, recipe.Height, recipe.PixelFormat, recipe.Matrix, fullRange: false,
            ColorConversion.For(video, recipe), ours ? ScaleFilter.Named(recipe.Scaler) : null, PictureDevice.None);
        var shaped = new List<AvFrame>();
        for (int i = 0; i < pictures.Count; i++)
        {
            var output = new AvFrame();
            shaper.Shape(pictures[i], output);
            output.Pts = i;
            output.PictureType = 0;
            shaped.Add(output);
        }

        return shaped;
    }

    private static void Encode(Grid grid, int index, VideoRecipe[] rungs, List<AvFrame>[] ready)
    {
        for (int i = 0; i < rungs.Length; i++)
        {
            using var encoder = new RungEncoder(grid, index, rungs[i], _ => { });
            ready[i].ForEach(encoder.Take);
            encoder.Finish();
        }
    }

    private static double Seconds(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static void Release(List<AvFrame>[] pictures) => Array.ForEach(pictures, list => list.ForEach(picture => picture.Dispose()));
}
