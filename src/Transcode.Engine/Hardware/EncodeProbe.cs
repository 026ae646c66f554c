using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Hardware;

/// <summary>Encodes the test pictures by the real chain, decodes what came of it, and compares.</summary>
internal static class EncodeProbe
{
    /// <summary>In dB, of the worst picture: below, it is another picture. Encoders at these rates reach 35 and more.</summary>
    private const double LeastPsnr = 28;

    /// <summary>SVT-AV1 aims at its cap and does not hold it; players are told of little more than it (decision 10).</summary>
    private const int AimingPercent = 25;

    /// <exception cref="AvException">The encoder does not open, or fails.</exception>
    public static PathResult Run(CodingPath path, TestPictures shape, PowerMeter power, Action<string> onStep)
    {
        var source = TestSource.Of(path.Format, path.Codec, shape);
        onStep("opening");
        if (path.IsHardware)
        {
            // By itself first: a device that is not there should not cost making pictures.
            VideoCodec.Of(source.Recipe).Open(source.Recipe, TestPictures.Count).Dispose();
        }

        onStep("making pictures");
        AvFrame[] pictures = [.. Enumerable.Range(0, TestPictures.Count).Select(shape.Make)];
        try
        {
            onStep("encoding");
            ProbedSegment segment = ProbedSegment.Make(source, pictures);
            onStep("comparing");
            double worst = double.PositiveInfinity;
            int count = segment.Decode(stream => Decoder.Open(stream, threads: 1), (picture, number) =>
                worst = number < TestPictures.Calm ? Math.Min(worst, Psnr(shape, pictures[number], picture)) : worst);
            if (Wrong(path, source, segment, count, worst) is { } wrong)
            {
                return wrong;
            }

            double alone = TestPictures.Count / segment.Elapsed.TotalSeconds;
            (int sessions, double together, string limit, double? watts) = SessionLadder.Climb(
                alone, TestPictures.Count, () => ProbedSegment.Make(source, pictures), power, sessions => onStep($"{sessions} at once"));
            string keeps = sessions == 0 ? "slower than real time" : $"keeps real time {sessions} at once";
            return new(path, PathVerdict.Works, $"It makes the right pictures in the bits promised, and {(sessions == 0 ? "is " : "")}{keeps}: {limit}.", new(
                shape.Width, shape.Height, Math.Round(worst, 1), (long)segment.FirstChunk.TotalMicroseconds, Math.Round(alone, 1), sessions, Math.Round(together, 1), limit, watts));
        }
        finally
        {
            Array.ForEach(pictures, picture => picture.Dispose());
        }
    }

    /// <summary>Of brightness.</summary>
    internal static double Psnr(TestPictures shape, AvFrame made, AvFrame found)
    {
        var plane = new PlaneShape(shape.Width, shape.Height, shape.BitDepth);
        if (found.Width != shape.Width || found.Height != shape.Height || found.Format != made.Format)
        {
            return 0;
        }

        long squared = PlaneError.Squared(
            plane, made.Plane(0, shape.Height), made.Stride(0), found.Plane(0, shape.Height), found.Stride(0), PlaneScaler.Widest);
        return squared == 0 ? double.PositiveInfinity : PlaneError.Psnr(squared, (long)shape.Width * shape.Height, shape.BitDepth);
    }

    private static PathResult? Wrong(CodingPath path, TestSource source, ProbedSegment segment, int count, double worst)
    {
        if (count != TestPictures.Count)
        {
            return new(path, PathVerdict.WrongPictures, $"Of {TestPictures.Count} pictures {count} came back.");
        }

        if (worst < LeastPsnr)
        {
            return new(path, PathVerdict.WrongPictures, $"What it makes is not what it was given: the worst picture is at {worst:F1} dB, and {LeastPsnr} is the least.");
        }

        double promised = Promise.VideoSegmentBits(source.Recipe, source.Description.Grid, TestPictures.Count) * (source.Recipe.Encoder == "libsvtav1" ? 100 + AimingPercent : 100) / 100;
        return segment.MediaBytes * 8 > promised
            ? new(path, PathVerdict.BreaksPromise, $"It takes {segment.MediaBytes * 8 / 1000} kbit where at most {(long)promised / 1000} were promised: its rate control does not hold the cap.")
            : null;
    }
}
