using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What the scaler makes, in place: in segments, beside libswscale's, and where it steps aside.</summary>
public sealed class ScaledSegmentTests
{
    private const string Film = "-f lavfi -i mandelbrot=s=640x360:rate=25:start_scale=0.5 -frames:v 50 -c:v libx264 -preset ultrafast -qp 0";

    /// <summary>Two segments from the same pictures and by the same encoder, one scaled by us and one by libswscale, decoded by
    /// ffmpeg and measured against the source scaled in double precision.</summary>
    [Fact]
    public async Task Segment_BesideOneScaledBySwscale_IsNoFurtherFromTheFormulas()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Film} -pix_fmt yuv420p", "mp4");
        using var desk = new Desk(film);
        VideoRecipe recipe = desk.Rung("240p") with { ConstantRateFactor = 12, MaxRateBitsPerSecond = 20_000_000, BufferBits = 20_000_000 };
        Assert.Equal("bicubic-1", recipe.Scaler);
        byte[] ours = Desk.Join(desk.Init(recipe), desk.Segment(recipe, 0));
        byte[] theirs = Desk.Join(desk.Init(recipe), BySwscale(desk.Description, film, recipe));

        double[] exact = await ExactlyAsync(film, recipe);
        double our = await PsnrAsync(ours, exact);
        double their = await PsnrAsync(theirs, exact);
        Assert.InRange(our, 38, 60);
        // A twentieth of a decibel is what another choice of the encoder's makes.
        Assert.True(our >= their - 0.05, $"{our:F3} dB, libswscale {their:F3} dB");
    }

    /// <summary>A picture of the rung's own size and format is handed on: no sample is copied.</summary>
    [Fact]
    public void Picture_OfTheRungsShape_IsShared()
    {
        LibAv.Load();
        using AvFrame picture = Grey("yuv420p", 64, 48);
        using PictureShaper shaper = Shaper(64, 48, "yuv420p");
        using var output = new AvFrame();
        shaper.Shape(picture, output);
        Assert.True(picture.Plane(0, 48).Overlaps(output.Plane(0, 48)));
        Assert.Equal((64, 48), (output.Width, output.Height));

        // Its time is its own.
        output.Pts = 7;
        picture.Pts = 3;
        Assert.Equal((7, 3), (output.Pts, picture.Pts));
    }

    /// <summary>What code values mean decides who scales: a conversion shows in a flat picture's value.</summary>
    [Theory]
    [InlineData("yuv420p", AvUtil.AVCOL_RANGE_MPEG, AvUtil.AVCOL_SPC_BT709, 100, 100)]
    [InlineData("yuv420p", 0, AvUtil.AVCOL_SPC_UNSPECIFIED, 100, 100)]
    [InlineData("yuv422p", 0, AvUtil.AVCOL_SPC_BT709, 100, 100)]
    [InlineData("yuv420p10le", 0, AvUtil.AVCOL_SPC_BT709, 400, 100)]
    [InlineData("yuvj420p", AvUtil.AVCOL_RANGE_JPEG, AvUtil.AVCOL_SPC_BT709, 100, 102)]
    [InlineData("yuv420p", AvUtil.AVCOL_RANGE_JPEG, AvUtil.AVCOL_SPC_BT709, 100, 102)]
    public void Picture_OfAnyMeaning_ComesOutInTheRecipes(string format, int range, int matrix, int value, int expected)
    {
        LibAv.Load();
        using AvFrame picture = Grey(format, 66, 50, value);
        (picture.ColorRange, picture.ColorSpace) = (range, matrix);
        using PictureShaper shaper = Shaper(32, 24, "yuv420p");
        using var output = new AvFrame();
        shaper.Shape(picture, output);

        Assert.Equal((32, 24, "yuv420p"), (output.Width, output.Height, AvUtil.PixelFormatName(output.Format)));
        Assert.InRange(output.Plane(0, 1)[5], expected - 1, expected + 1);
        if (expected == 100)
        {
            Assert.Equal(expected, output.Plane(0, 1)[5]);
        }
    }

    /// <summary>Pictures may change their shape in the middle: each is shaped as if it were alone.</summary>
    [Fact]
    public void Picture_AfterOneOfAnotherShape_IsAsItWouldBeAlone()
    {
        LibAv.Load();
        using PictureShaper shaper = Shaper(32, 24, "yuv420p");
        using var output = new AvFrame();
        foreach ((string format, int width, int value) in new[] { ("yuv420p", 66, 90), ("yuv420p10le", 80, 400), ("yuvj420p", 66, 100), ("yuv420p", 32, 80), ("yuv420p", 66, 91) })
        {
            using AvFrame picture = Grey(format, width, 24, value);
            shaper.Shape(picture, output);
            using PictureShaper fresh = Shaper(32, 24, "yuv420p");
            using var alone = new AvFrame();
            fresh.Shape(picture, alone);
            Assert.Equal(alone.Plane(0, 1)[..32].ToArray(), output.Plane(0, 1)[..32].ToArray());
        }
    }

    private static PictureShaper Shaper(int width, int height, string format) =>
        new(0, width, height, format, "bt709", fullRange: false, conversion: null, ScaleFilter.Bicubic, PictureDevice.None);

    private static AvFrame Grey(string format, int width, int height, int value = 100)
    {
        var picture = new AvFrame { Width = width, Height = height, Format = AvUtil.av_get_pix_fmt(format) };
        picture.Allocate();
        bool wide = format.EndsWith("10le", StringComparison.Ordinal);
        for (int plane = 0; plane < 3; plane++)
        {
            Span<byte> samples = picture.Plane(plane, plane > 0 && !format.Contains("422", StringComparison.Ordinal) ? height / 2 : height);
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (byte)(!wide ? value : i % 2 == 0 ? value & 255 : value >> 8);
            }
        }

        return picture;
    }

    private static byte[] BySwscale(SourceDescription description, byte[] film, VideoRecipe recipe)
    {
        using SourceReader opened = SourceReader.Open(new FileReader(film));
        using var reader = new PictureReader(opened, description, 0, deinterlacer: null);
        using var chunks = new MemoryStream();
        using var encoder = new RungEncoder(description.Grid, 0, recipe, chunk => chunks.Write(chunk.Span));
        FilterGraph? graph = null;
        for (int number = 0; number < description.Grid.FramesIn(0); number++)
        {
            AvFrame picture = reader.PictureAt(number);
            graph ??= FilterGraph.For(picture, [new("scale", $"w={recipe.Width}:h={recipe.Height}:flags=bicubic"), new("setsar", "1")]);
            using var scaled = new AvFrame();
            graph.Apply(picture, scaled);
            scaled.Pts = number;
            scaled.PictureType = 0;
            encoder.Take(scaled);
        }

        encoder.Finish();
        graph?.Dispose();
        return chunks.ToArray();
    }

    private static async Task<double[]> ExactlyAsync(byte[] film, VideoRecipe recipe)
    {
        byte[] source = await BrightnessAsync(film);
        int pixels = 640 * 360;
        return [.. Enumerable.Range(0, source.Length / pixels).Where(IsMeasured).SelectMany(i => TestPlane.Of(640, 360, 8, 0, (x, y) => source[(i * pixels) + (y * 640) + x])
            .Exactly(ScaleFilter.Bicubic, recipe.Width, recipe.Height))];
    }

    private static async Task<double> PsnrAsync(byte[] segment, double[] exact)
    {
        byte[] decoded = await BrightnessAsync(segment);
        int pixels = 426 * 240;
        return ScaleOracleTests.Psnr(exact, Enumerable.Range(0, decoded.Length / pixels).Where(IsMeasured)
            .SelectMany(i => decoded.Skip(i * pixels).Take(pixels)).Select(value => (int)value), 255);
    }

    private static bool IsMeasured(int picture) => picture % 10 == 3;

    private static Task<byte[]> BrightnessAsync(byte[] file) =>
        FFmpeg.WithFileAsync(file, path => FFmpeg.RunAsync($"-i {path} -fps_mode passthrough -vf extractplanes=y -f rawvideo pipe:1"));
}
