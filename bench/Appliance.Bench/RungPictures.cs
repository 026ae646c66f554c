using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Stages;

namespace Appliance.Bench;

/// <summary>Pictures ready to be encoded.</summary>
internal static class RungPictures
{
    /// <summary>The segment's pictures in every rung's size.</summary>
    public static List<AvFrame>[] Shape(SourceReader source, SourceDescription description, VideoRecipe[] rungs, int index)
    {
        long firstFrame = description.Grid.FirstFrame(index);
        using var reader = new PictureReader(source, description, firstFrame, description.Video!.Deinterlacer);
        PictureShaper[] shapers = [.. rungs.Select(rung => PictureShaper.For(description.Video!, rung, PictureDevice.None))];
        List<AvFrame>[] shaped = [.. rungs.Select(_ => new List<AvFrame>())];
        for (int i = 0; i < description.Grid.FramesIn(index); i++)
        {
            AvFrame picture = reader.PictureAt(firstFrame + i);
            for (int rung = 0; rung < rungs.Length; rung++)
            {
                var output = new AvFrame();
                shapers[rung].Shape(picture, output);
                output.Pts = i;
                output.PictureType = 0;
                shaped[rung].Add(output);
            }
        }

        foreach (PictureShaper shaper in shapers)
        {
            shaper.Dispose();
        }

        return shaped;
    }

    /// <summary>So many of the segments, evenly spread; the last, which may be short, is left out.</summary>
    public static int[] Spread(int count, int wanted)
    {
        int whole = Math.Max(1, count - 1);
        int taken = Math.Min(whole, wanted);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((i + 0.5) * whole / taken))];
    }
}
