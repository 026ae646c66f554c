using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>Beside others who do the same, by the ffmpeg program: zimg with libavfilter's tone mapping, and libplacebo.</summary>
public sealed class ToneMapOracleTests
{
    private const int Width = 320;
    private const int Height = 180;

    /// <summary>What the box does today: the same curve, white, peak and filters for colour. Each rounds to a code of its own, and what is off
    /// before that, a quarter of a code of ours and what zimg's tables for powers add, tips some of them over, whole fields where they are flat; two codes
    /// where a sharp edge of colour makes more of it. A picture with hard edges everywhere,
    /// its colours within BT.709: of others zimg leaves components negative, for displays to cut off. It mirrors the picture at its edges,
    /// where we go on with its last sample. Of HLG greys are compared: zimg applies the OOTF to each component, not by luminance as BT.2100
    /// has it.</summary>
    [Theory]
    [InlineData(nameof(HdrTransfer.Pq), "topleft", "0.05")]
    [InlineData(nameof(HdrTransfer.Pq), "left", "0.05")]
    [InlineData(nameof(HdrTransfer.Hlg), "topleft", "0")]
    public async Task Picture_BesideZimgAndTonemap_IsItButForRoundings(string transfer, string siting, string colour)
    {
        TestPicture source = await PaintedAsync(colour);
        ToneMapPlan plan = ToneMapperTests.Plan(transfer, "mobius-1", nameof(GamutMapping.Clip), 10) with
        {
            Siting = siting == "left" ? ChromaSiting.Left : ChromaSiting.TopLeft,
        };
        TestPicture ours = source.Mapped(plan, PlaneScaler.Widest);
        TestPicture theirs = await MappedByFFmpegAsync(
            source,
            $"setparams=color_primaries=bt2020:color_trc={(transfer == "Pq" ? "smpte2084" : "arib-std-b67")}:colorspace=bt2020nc:range=tv,"
            + $"zscale=t=linear:npl=203:cin={siting},format=gbrpf32le,tonemap=mobius:desat=0:peak=4.926108,"
            + "zscale=p=bt709:t=bt709:m=bt709:r=limited:c=left:dither=none,format=yuv420p10le");

        AreAlike(ours.Luma, theirs.Luma);
        AreAlike(ours.Cb, theirs.Cb);
        AreAlike(ours.Cr, theirs.Cr);
    }

    private static void AreAlike(TestPlane ours, TestPlane theirs)
    {
        const int margin = 2;
        var apart = new SortedDictionary<int, int>();
        for (int y = margin; y < ours.Height - margin; y++)
        {
            for (int x = margin; x < ours.Width - margin; x++)
            {
                int difference = ours[x, y] - theirs[x, y];
                apart[difference] = apart.GetValueOrDefault(difference) + 1;
            }
        }

        string found = string.Join(", ", apart.Select(pair => $"{pair.Key}: {pair.Value}"));
        TestContext.Current.SendDiagnosticMessage(found);
        Assert.True(apart.Keys.All(difference => Math.Abs(difference) <= 2), found);
        Assert.InRange(apart.Sum(pair => Math.Abs(pair.Key) * pair.Value) / (double)apart.Values.Sum(), 0, 0.25);
    }

    /// <summary>Detail and hard edges, no brighter than the peak.</summary>
    private static async Task<TestPicture> PaintedAsync(string colour) => Unpacked(await FFmpeg.RunAsync(
        $"-f lavfi -i testsrc2=s={Width}x{Height} -frames:v 1 -vf format=yuv420p10le,lutyuv=y=300+(val-64)*0.4:u=512+(val-512)*{colour}:v=512+(val-512)*{colour} -f rawvideo pipe:1"));

    private static async Task<TestPicture> MappedByFFmpegAsync(TestPicture source, string filters) => Unpacked(await FFmpeg.RunAsync(
        $"-f rawvideo -pix_fmt yuv420p10le -s {Width}x{Height} -i pipe:0 -vf {filters} -f rawvideo pipe:1", source.Packed()));

    private static TestPicture Unpacked(byte[] raw)
    {
        TestPicture picture = TestPicture.Of(Width, Height, 0, (_, _, _) => 0);
        int luma = picture.Luma.Memory.Length, colour = picture.Cb.Memory.Length;
        raw.AsSpan(0, luma).CopyTo(picture.Luma.Memory);
        raw.AsSpan(luma, colour).CopyTo(picture.Cb.Memory);
        raw.AsSpan(luma + colour, colour).CopyTo(picture.Cr.Memory);
        return picture;
    }
}
