using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Hardware;

/// <summary>Decodes a segment of test pictures. What a device makes of it must be to the sample what software makes of it: the codecs' specifications allow nothing else, but MPEG-2's, which
/// leaves roundings to the decoder (<see cref="ForeignStream.MostApart"/>).</summary>
internal static class DecodeProbe
{
    /// <summary>Of the first, small trial: a device that is not there should not cost making the large one.</summary>
    private static readonly (int Width, int Height) Small = (640, 360);

    /// <summary>Of pictures before a worker's lock closes: small, and above the least that decoders of devices take.</summary>
    private static readonly (int Width, int Height) RehearsedSize = (320, 256);

    /// <summary>Likewise: a worker's start should not be long.</summary>
    private const int RehearsedPictures = 3;

    /// <exception cref="AvException">The decoder does not open, or fails.</exception>
    public static PathResult Run(CodingPath path, TestPictures shape, PowerMeter power, Action<string> onStep)
    {
        if (ForeignStream.Of(path.Format)?.WhyNone is { } missing)
        {
            return new(path, PathVerdict.Fails, missing);
        }

        using HardwareDevice? device = Device(path);
        if (path.IsHardware)
        {
            onStep("a small trial");
            var small = shape with { Width = Small.Width, Height = Small.Height };
            if (TryDecode(path, small, device, out _, out _) is { } wrong)
            {
                return wrong;
            }
        }

        onStep("making what is to be decoded");
        if (TryDecode(path, shape, device, out ProbedSegment segment, out (TimeSpan First, TimeSpan All, double Worst, int Apart) run) is { } failed)
        {
            return failed;
        }

        double alone = TestPictures.Count / run.All.TotalSeconds;
        (int sessions, double together, string limit, double? watts) = SessionLadder.Climb(
            alone, TestPictures.Count, () => segment.Decode(stream => Open(path, stream, device), (_, _) => { }), power, sessions => onStep($"{sessions} at once"));
        string right = !path.IsHardware ? "It decodes what it should"
            : run.Apart == 0 ? "Its pictures are software's to the sample"
            : $"Its samples are at most {run.Apart} of 255 steps from software's, as this codec allows";
        return new(path, PathVerdict.Works, $"{right}, and it {(sessions == 0 ? "is slower than real time" : $"keeps real time {sessions} at once")}: {limit}.", new(
            shape.Width, shape.Height, path.IsHardware ? null : Math.Round(run.Worst, 1), (long)run.First.TotalMicroseconds, Math.Round(alone, 1), sessions, Math.Round(together, 1), limit, watts));
    }

    /// <summary>What a path's decoder is given; null where it finds its own.</summary>
    /// <exception cref="AvException">It does not open.</exception>
    public static HardwareDevice? Device(CodingPath path) => path switch
    {
        { Api: "vaapi" } => HardwareDevice.Open("vaapi", path.Device),
        { Api: "nvdec" } when path.Codec == path.Format => HardwareDevice.Open("cuda", null),
        { Api: "vulkan" } => HardwareDevice.Open("vulkan", null),
        { Api: "v4l2request" } => HardwareDevice.Open("drm", null),
        _ => null,
    };

    private static Decoder Open(CodingPath path, AvStream stream, HardwareDevice? device) => Decoder.Open(stream, path.Codec, device);

    /// <summary>Has a decoder take apart a few small pictures.</summary>
    /// <param name="path">Its.</param>
    /// <param name="device">Of <see cref="Device"/>.</param>
    /// <returns>Why it does not; null where it does.</returns>
    /// <exception cref="AvException">It does not open, or fails.</exception>
    public static string? Rehearse(CodingPath path, HardwareDevice? device)
    {
        if (ForeignStream.Of(path.Format)?.WhyNone is { } missing)
        {
            return missing;
        }

        ProbedSegment film = MakeFilm(path, new(RehearsedSize.Width, RehearsedSize.Height, path.BitDepth), RehearsedPictures);
        int count = film.Decode(stream => Open(path, stream, device), (_, _) => { });
        return count == RehearsedPictures ? null : $"Of {RehearsedPictures} pictures {count} came back.";
    }

    /// <summary>A film of what a path decodes.</summary>
    /// <param name="path">Its format and depth count.</param>
    /// <param name="shape">Of the pictures.</param>
    /// <param name="count">How many of them.</param>
    /// <exception cref="AvException">The encoder does not open, or fails.</exception>
    public static ProbedSegment MakeFilm(CodingPath path, TestPictures shape, int count)
    {
        AvFrame[] made = [.. Enumerable.Range(0, count).Select(shape.Make)];
        try
        {
            return ForeignStream.Of(path.Format)?.Make(shape, made) ?? ProbedSegment.Make(TestSource.Of(path.Format, null, shape).Of(count), made);
        }
        finally
        {
            Array.ForEach(made, picture => picture.Dispose());
        }
    }

    /// <returns>What is wrong with its pictures; null where nothing is.</returns>
    private static PathResult? TryDecode(
        CodingPath path, TestPictures shape, HardwareDevice? device, out ProbedSegment segment, out (TimeSpan First, TimeSpan All, double Worst, int Apart) run)
    {
        AvFrame[] made = [.. Enumerable.Range(0, TestPictures.Count).Select(shape.Make)];
        var expected = new List<AvFrame>();
        try
        {
            var foreign = ForeignStream.Of(path.Format);
            segment = foreign?.Make(shape, made) ?? ProbedSegment.Make(TestSource.Of(path.Format, null, shape), made);
            segment.Decode(stream => Decoder.Open(stream, threads: 1), (picture, _) => expected.Add(Kept(picture)));

            long started = Stopwatch.GetTimestamp();
            TimeSpan? first = null;
            double worst = double.PositiveInfinity;
            int apart = 0;
            bool isOnDevice = true;
            using var inMemory = new AvFrame();
            string pixelFormat = shape.PixelFormat;
            int count = segment.Decode(stream => Open(path, stream, device), (picture, number) =>
            {
                first ??= Stopwatch.GetElapsedTime(started);
                AvFrame found = picture;
                if (PixelLayout.Named(AvUtil.PixelFormatName(picture.Format)) is null)
                {
                    HardwareFrames.Download(picture, inMemory);
                    found = inMemory;
                }
                else if (device is not null)
                {
                    isOnDevice = false;
                }

                apart = Math.Max(apart, number < expected.Count ? SamplesOf.Apart(expected[number], found, shape) : SamplesOf.Incomparable);
                worst = number < TestPictures.Calm ? Math.Min(worst, EncodeProbe.Psnr(shape, made[number], expected[number])) : worst;
            });
            run = (first ?? TimeSpan.Zero, Stopwatch.GetElapsedTime(started), worst, apart);
            return !isOnDevice ? new(path, PathVerdict.Fails, "The device does not take this, and libav decoded it in software instead.")
                : count != TestPictures.Count ? new(path, PathVerdict.WrongPictures, $"Of {TestPictures.Count} pictures {count} came back.")
                : path.IsHardware && apart > (foreign?.MostApart ?? 0) ? new(path, PathVerdict.WrongPictures, "Its pictures are not those that software decodes from the same bytes.")
                : null;
        }
        finally
        {
            Array.ForEach(made, picture => picture.Dispose());
            expected.ForEach(picture => picture.Dispose());
        }
    }

    private static AvFrame Kept(AvFrame picture)
    {
        var kept = new AvFrame();
        kept.Reference(picture);
        return kept;
    }
}
