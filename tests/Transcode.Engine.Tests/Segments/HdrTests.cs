using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>HDR sources are shown in both ranges: tone-mapped in H.264, as they are in HEVC.</summary>
public sealed class HdrTests
{
    private const int PatchSide = 64;

    /// <summary>Greys from black to the peak, and colours that lie within BT.709: ten-bit Y, Cb, Cr.</summary>
    private static readonly int[][] PqPatches =
        [[64, 512, 512], [195, 512, 512], [327, 512, 512], [509, 512, 512], [573, 512, 512], [723, 512, 512]];

    private static readonly int[][] PqColours =
        [[420, 500, 540], [420, 540, 490], [480, 490, 530], [480, 530, 530], [380, 512, 536], [540, 520, 500]];

    /// <summary>Colours that BT.709 does not have, each farther out than the one before: greens, then reds.</summary>
    private static readonly int[][] PqOutside =
        [[400, 440, 430], [400, 420, 400], [400, 400, 370], [380, 470, 620], [380, 460, 660], [380, 450, 700]];

    private static readonly int[][] HlgPatches =
        [[64, 512, 512], [283, 512, 512], [502, 512, 512], [621, 512, 512], [721, 512, 512], [940, 512, 512]];

    private static readonly string[] Maps = ["mobius-1 clip-1", "bt2390-1 desaturate-1", "spline-1 desaturate-1"];

    public static TheoryData<string, int[][], string> Patches => new(
        from fields in new[] { ("smpte2084", PqPatches), ("smpte2084", PqColours), ("smpte2084", PqOutside), ("arib-std-b67", HlgPatches) }
        from map in Maps
        select (fields.Item1, fields.Item2, map));

    /// <summary>Two codes of 255 are allowed: x264 may move a flat field by one, and dithering and rounding take up to another.</summary>
    [Theory]
    [MemberData(nameof(Patches))]
    public async Task StandardRendition_OfFlatFields_IsWhatTheFormulasSay(string transfer, int[][] patches, string names)
    {
        var map = new PictureToneMap { Curve = names.Split(' ')[0], Gamut = names.Split(' ')[1] };
        using var desk = new Desk(await FieldsAsync(transfer, patches), offer: Offer.Default with { ToneMap = map });
        VideoRecipe recipe = desk.Rung("240p");
        map = map with { PeakNits = 1000 };
        Assert.Equal(
            ("libx264", "yuv420p", "bt709", "bt709", "bt709", map),
            (recipe.Encoder, recipe.PixelFormat, recipe.Matrix, recipe.Primaries, recipe.Transfer, recipe.ToneMap));
        byte[] picture = await FFmpeg.WithFileAsync(
            desk.Whole(recipe), path => FFmpeg.RunAsync($"-i {path} -frames:v 1 -pix_fmt yuv444p -f rawvideo pipe:1"));
        int width = PatchSide * patches.Length;
        for (int patch = 0; patch < patches.Length; patch++)
        {
            double[] signal = HdrReference.Rgb(patches[patch][0], patches[patch][1], patches[patch][2]);
            double[] nits = [.. signal.Select(value => transfer == "smpte2084" ? HdrReference.PqNits(value) : HdrReference.HlgGreyNits(value))];
            double[] expected = HdrReference.Standard(nits, map);
            for (int plane = 0; plane < 3; plane++)
            {
                double shown = Mean(picture.AsSpan(plane * width * PatchSide), width, patch * PatchSide);
                Assert.True(
                    Math.Abs(shown - expected[plane]) <= 2,
                    string.Create(CultureInfo.InvariantCulture, $"{transfer} field {patch} plane {plane}: {shown:F1}, not {expected[plane]:F1}"));
            }
        }
    }

    [Theory]
    [InlineData("hevc")]
    [InlineData("av1")]
    public async Task HighRangeRendition_OfHdr10_KeepsColoursAndStaticMetadata(string codec)
    {
        const string display = "G(8500,39850)B(6550,2300)R(35400,14600)WP(15635,16450)L(10000000,50)";
        (string filter, string options) = FFmpeg.WideColours("smpte2084");
        byte[] film = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s=384x216:r=25:d=2.4 -vf {filter} -pix_fmt yuv420p10le {options} "
            + $"-c:v libx265 -preset ultrafast -x265-params log-level=none:lossless=1:master-display={display}:max-cll=1100,180", "mkv");
        using var desk = new Desk(film, offer: Offer.All with { ToneMap = PictureToneMap.Auto with { PeakRule = null } });
        VideoRecipe recipe = desk.Rung($"240p-{codec}-pq");
        byte[] whole = desk.Whole(recipe);

        Assert.Equal(new MasteringDisplay(35400, 14600, 8500, 39850, 6550, 2300, 15635, 16450, 10_000_000, 50), desk.Description.Video!.MasteringDisplay);
        Assert.Equal(new ContentLight(1100, 180), desk.Description.Video.ContentLight);
        Assert.Equal(1100, desk.Rung("240p").ToneMap!.PeakNits);
        string[] row = Assert.Single(await FFmpeg.ProbeAsync("-show_entries stream=pix_fmt,color_range,color_space,color_transfer,color_primaries", whole));
        Assert.Equal("yuv420p10le,tv,bt2020nc,smpte2084,bt2020", string.Join(',', row));
        string boxes = Encoding.Latin1.GetString(desk.Init(recipe));
        Assert.Contains("mdcv", boxes, StringComparison.Ordinal);
        Assert.Contains("clli", boxes, StringComparison.Ordinal);
        Assert.Equal(
            [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329, 0.005, 1000],
            (await MasteringAsync(whole)).Select(value => Math.Round(value, 4)));
        Assert.InRange(await PsnrAsync(whole, film, "null", frames: 60), 34, double.PositiveInfinity);
        Assert.Equal(codec == "hevc" ? "hvc1.2.4.L60.90" : "av01.0.00M.10.0.110.09.16.09.0", CodecString.FromInit(desk.Init(recipe)));
    }

    /// <summary>Real clips against ffmpeg's own program doing the same in one go; 35 dB leaves room for the encoder, which at
    /// this size and quality gives 36 to 45. Only where the source's frames are the grid's are all compared.</summary>
    [Theory]
    [InlineData("hdr/hdr10-av1.mp4", "smpte2084", 1000, 50)]
    [InlineData("hdr/hlg_hevc10_1080p_phone.mp4", "arib-std-b67", 1000, 1)]
    [InlineData("hdr/av1hdr2020.mp4", "smpte2084", 1100, 1, Explicit = true)]
    public async Task Renditions_OfAClip_ResembleTheReferencesOfTheirRange(string clip, string transfer, int peakNits, int frames)
    {
        string path = SharedMedia.Require(clip);
        using var desk = new Desk(
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
            offer: Offer.Default with { ToneMap = new() { Curve = PictureToneMap.Mobius, Gamut = PictureToneMap.Clip } });
        VideoRecipe standard = desk.Rung("360p");
        VideoRecipe high = desk.Rung(transfer == "smpte2084" ? "360p-hevc-pq" : "360p-hevc-hlg");
        string scaled = $"scale={standard.Width}:{standard.Height}:flags=bicubic,setsar=1";
        string mapped = string.Create(
            CultureInfo.InvariantCulture,
            $"{scaled},format=yuv420p10le,setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=tv,"
            + $"zscale=t=linear:npl=203,format=gbrpf32le,tonemap=mobius:desat=0:peak={peakNits / 203.0:F6},zscale=p=bt709:t=bt709:m=bt709:r=limited,format=yuv420p");
        byte[] source = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(peakNits, standard.ToneMap!.PeakNits);
        Assert.Equal(transfer, high.Transfer);
        Assert.NotEqual(desk.Segment(standard with { ToneMap = PictureToneMap.Auto }, 0), desk.Segment(standard, 0));
        Assert.InRange(await PsnrAsync(Desk.Join(desk.Init(standard), desk.Segment(standard, 0)), source, mapped, frames), 35, double.PositiveInfinity);
        Assert.InRange(await PsnrAsync(Desk.Join(desk.Init(high), desk.Segment(high, 0)), source, scaled, frames), 35, double.PositiveInfinity);
    }

    /// <summary>Whatever the source's layout is, and however it lies, our own mapper makes it: flat fields tell nothing of filters.</summary>
    [Theory]
    [InlineData("yuv420p10le", "-chroma_sample_location center", 0)]
    [InlineData("yuv420p10le", "-chroma_sample_location left", 90)]
    [InlineData("yuv420p10le", "-chroma_sample_location topleft", 180)]
    [InlineData("yuv422p10le", "", 0)]
    [InlineData("yuv444p12le", "", 0)]
    [InlineData("yuv422p12le", "", 270)]
    public async Task StandardRendition_OfAnyLayout_IsWhatTheFormulasSay(string format, string tags, int degrees)
    {
        PictureToneMap map = PictureToneMap.Auto with { PeakRule = null, PeakNits = 1000 };
        int[] code = [480, 490, 530];
        byte[] film = await FieldsAsync("smpte2084", [code], format, tags, degrees == 0 ? "mkv" : "mov");
        if (degrees != 0)
        {
            PictureShapeTests.Turn(film, degrees);
        }

        using var desk = new Desk(film, offer: Offer.Default with { ToneMap = map });
        byte[] picture = await FFmpeg.WithFileAsync(
            desk.Whole(desk.Rung("240p")), path => FFmpeg.RunAsync($"-i {path} -frames:v 1 -pix_fmt yuv444p -f rawvideo pipe:1"));
        double[] expected = HdrReference.Standard([.. HdrReference.Rgb(code[0], code[1], code[2]).Select(HdrReference.PqNits)], map);

        Assert.Equal(degrees, desk.Description.Video!.RotationDegrees);
        Assert.Equal(PatchSide * PatchSide * 3, picture.Length);
        for (int plane = 0; plane < 3; plane++)
        {
            double shown = Mean(picture.AsSpan(plane * PatchSide * PatchSide), PatchSide, 0);
            Assert.True(Math.Abs(shown - expected[plane]) <= 2, string.Create(CultureInfo.InvariantCulture, $"plane {plane}: {shown:F1}, not {expected[plane]:F1}"));
        }
    }

    private static Task<byte[]> FieldsAsync(string transfer, int[][] fields, string format = "yuv420p10le", string tags = "", string container = "mkv")
    {
        const int frames = 10;
        int width = PatchSide * fields.Length;
        byte[] frame = new byte[width * PatchSide * 2 * 3];
        for (int plane = 0; plane < 3; plane++)
        {
            for (int i = 0; i < width * PatchSide; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(
                    frame.AsSpan(((plane * width * PatchSide) + i) * 2), (ushort)fields[i % width / PatchSide][plane]);
            }
        }

        (string filter, string options) = FFmpeg.WideColours(transfer);
        return FFmpeg.MakeAsync(
            $"-f rawvideo -pix_fmt yuv444p10le -s {width}x{PatchSide} -r 25 -i pipe:0 -vf {filter} -pix_fmt {format} {tags} {options} -c:v ffv1",
            container,
            [.. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes)]);
    }

    /// <summary>Of the middle of a field, where no neighbour reaches.</summary>
    private static double Mean(ReadOnlySpan<byte> plane, int stride, int left)
    {
        const int margin = 16;
        double sum = 0;
        for (int y = margin; y < PatchSide - margin; y++)
        {
            for (int x = margin; x < PatchSide - margin; x++)
            {
                sum += plane[(y * stride) + left + x];
            }
        }

        return sum / ((PatchSide - (2 * margin)) * (PatchSide - (2 * margin)));
    }

    /// <summary>The first frame's mastering display as ffprobe reads it: R, G, B and white as x and y, least and most light.</summary>
    private static async Task<double[]> MasteringAsync(byte[] file)
    {
        string[][] rows = await FFmpeg.ProbeAsync("-select_streams v:0 -show_frames -read_intervals %+#1", file);
        string[] words = [.. rows.SelectMany(row => row).SkipWhile(word => !word.Contains("Mastering", StringComparison.Ordinal)).Skip(1).Take(10)];
        return [.. words.Select(word => word.Split('/')).Select(parts =>
            double.Parse(parts[0], CultureInfo.InvariantCulture) / double.Parse(parts[1], CultureInfo.InvariantCulture))];
    }

    /// <summary>Luma, frame by frame from the first, in dB.</summary>
    /// <param name="shown">The rendition.</param>
    /// <param name="source">What it was made of.</param>
    /// <param name="filters">From the source to what the rendition ought to show.</param>
    /// <param name="frames">How many, at most.</param>
    private static Task<double> PsnrAsync(byte[] shown, byte[] source, string filters, int frames) =>
        FFmpeg.WithFileAsync(shown, shownPath => FFmpeg.WithFileAsync(source, async sourcePath =>
        {
            string text = Encoding.ASCII.GetString(await FFmpeg.RunAsync(
                $"-i {shownPath} -i {sourcePath} -lavfi [0:v]trim=end_frame={frames},settb=1/25,setpts=N[a];[1:v]{filters},trim=end_frame={frames},settb=1/25,setpts=N[b];[a][b]psnr=shortest=1:stats_file=- -f null -"));
            double[] errors = [.. text.Split('\n').Where(line => line.Contains("mse_y:", StringComparison.Ordinal)).Select(line =>
                double.Parse(line.Split("mse_y:")[1].Split(' ')[0], CultureInfo.InvariantCulture))];
            double peak = shown.AsSpan().IndexOf("hvcC"u8) >= 0 || shown.AsSpan().IndexOf("av1C"u8) >= 0 ? 1023 : 255;
            TestContext.Current.SendDiagnosticMessage($"{errors.Length} frames, luma {10 * Math.Log10(peak * peak / errors.Average()):F1} dB");
            Assert.NotEmpty(errors);
            return 10 * Math.Log10(peak * peak / Math.Max(errors.Average(), 1e-9));
        }));
}
