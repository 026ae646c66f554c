using System.Globalization;
using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Quality;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Looks at what tuning does to a segment, by doing all of it but the encoding.</summary>
internal static class TuningLook
{
    /// <summary>Of the JPEGs: nothing of theirs is to be taken for tuning.</summary>
    private const int Quantizer = 2;

    /// <summary>Of the squares in which changes are summed.</summary>
    private const int Square = 64;

    /// <param name="source">Opened.</param>
    /// <param name="order">Within the grid.</param>
    /// <param name="device">That pictures may be made on.</param>
    /// <param name="onChunk">Receives the report as UTF-8 JSON.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    public static SegmentTally Make(SourceReader source, TuningOrder order, PictureDevice device, Action<ReadOnlyMemory<byte>> onChunk, CancellationToken cancellationToken)
    {
        VideoRecipe recipe = order.Recipe;
        long first = order.Source.Grid.FirstFrame(order.Index);
        int count = order.Source.Grid.FramesIn(order.Index);
        int shown = count / 2;
        using var before = new AvFrame();
        using var after = new AvFrame();
        using var reader = new PictureReader(source, order.Source, first, recipe.Deinterlacer);
        using var shaper = PictureShaper.For(order.Source.Video!, recipe, device);
        using ShotPeaks? peaks = ShotPeaks.For(order.Source.Video!, recipe.ToneMap);
        using PictureTuner? tuner = recipe.Tuning is null ? null : new(recipe, device, tuned =>
        {
            if (tuned.Pts == shown)
            {
                after.Reference(tuned);
            }
        });
        for (int number = 0; number < count && (tuner is not null || peaks is not null || number <= shown); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shaped = new AvFrame();
            AvFrame picture = reader.PictureAt(first + number);
            shaper.Shape(picture, shaped, peaks?.Add(picture));
            shaped.Pts = number;
            if (number == shown)
            {
                before.Reference(shaped);
            }

            Hand(shaped, tuner);
        }

        tuner?.Finish();
        TuningReport report = Report(recipe, tuner?.Decisions ?? [], peaks, shown, before, tuner is null ? before : after);
        onChunk(JsonSerializer.SerializeToUtf8Bytes(report, EngineJson.Default.TuningReport));
        return new("mjpeg", 2, reader.DecodedPixels, 2L * recipe.Width * recipe.Height);
    }

    private static void Hand(AvFrame shaped, PictureTuner? tuner)
    {
        if (tuner is null)
        {
            shaped.Dispose();
        }
        else
        {
            tuner.Take(shaped);
        }
    }

    private static TuningReport Report(VideoRecipe recipe, IReadOnlyList<TuningDecision> shots, ShotPeaks? peaks, int shown, AvFrame before, AvFrame after)
    {
        PlaneShape luma = TuningKernels.Shapes(recipe.PixelFormat, recipe.Width, recipe.Height)[0];
        (int x, int y) = MostChanged(luma, before, after);
        double? likeness = new Ssim(luma, PlaneScaler.Widest).Of(
            before.Plane(0, luma.Height), before.Stride(0), after.Plane(0, luma.Height), after.Stride(0));
        return new([.. shots], ToneMap(recipe, peaks), shown, luma.Width, luma.Height, x, y, likeness ?? 1, Jpeg(before, recipe), Jpeg(after, recipe));
    }

    private static ToneMapReport? ToneMap(VideoRecipe recipe, ShotPeaks? peaks)
    {
        if (recipe.ToneMap is not { } map)
        {
            return null;
        }

        int[] starts = [0, .. peaks?.Cuts ?? []];
        int[] nits = [.. peaks?.Known ?? [map.PeakNits!.Value]];
        ShotPeak[] shots = [.. starts.Select((start, i) => (Start: start, Peaks: nits[start..(i + 1 < starts.Length ? starts[i + 1] : nits.Length)]))
            .Select(shot => new ShotPeak(shot.Start, shot.Peaks[0], shot.Peaks.Min(), shot.Peaks.Max()))];
        return new(map.Curve, map.Gamut, map.PeakRule, shots, [.. shots.Select(shot => Reason(map, shot))]);
    }

    private static string Reason(PictureToneMap map, ShotPeak shot)
    {
        string white = shot.LeastNits == shot.MostNits ? Text($"{shot.MostNits} cd/m²") : Text($"{shot.LeastNits} to {shot.MostNits} cd/m²");
        string why = map.PeakRule is null ? "as the recipe says" : "which is how bright the shot is";
        return shot.MostNits <= PictureToneMap.LeastPeakNits && map.PeakRule is not null
            ? Text($"range: from picture {shot.FirstPicture} on left alone, nothing in the shot is brighter than {PictureToneMap.LeastPeakNits} cd/m²")
            : Text($"range: from picture {shot.FirstPicture} on brought into the standard one by {map.Curve}, white is {white}, {why}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The middle of the square with the largest sum of squared differences; that of the picture where nothing differs.</summary>
    private static (int X, int Y) MostChanged(PlaneShape luma, AvFrame before, AvFrame after)
    {
        (long most, int x, int y) = (0, luma.Width / 2, luma.Height / 2);
        for (int top = 0; top + Square <= luma.Height; top += Square)
        {
            for (int left = 0; left + Square <= luma.Width; left += Square)
            {
                int at = left * luma.SampleBytes;
                long changed = PlaneError.Squared(
                    luma with { Width = Square, Height = Square },
                    before.Plane(0, luma.Height)[((top * before.Stride(0)) + at)..],
                    before.Stride(0),
                    after.Plane(0, luma.Height)[((top * after.Stride(0)) + at)..],
                    after.Stride(0),
                    PlaneScaler.Widest);
                if (changed > most)
                {
                    (most, x, y) = (changed, left + (Square / 2), top + (Square / 2));
                }
            }
        }

        return (x, y);
    }

    private static byte[] Jpeg(AvFrame picture, VideoRecipe recipe)
    {
        using PictureShaper shaper = PictureShaper.ForJpeg(0, recipe.Width, recipe.Height);
        using var shaped = new AvFrame();
        shaper.Shape(picture, shaped);
        return Segments.Jpeg.Encode(shaped, recipe.Width, recipe.Height, Quantizer);
    }
}
