using System.Buffers.Binary;
using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What becomes white follows from the source's pictures, whoever asks for which rung when.</summary>
public sealed class ShotPeaksTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 180;

    /// <summary>Ten-bit codes of 100, 600 and 1000 cd/m² in PQ.</summary>
    private const int Dark = 509, Bright = 674, Brightest = 723;

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("yuv420p10le", "smpte2084", Bright, Brightest)]
    [InlineData("yuv422p10le", "smpte2084", Bright, Brightest)]
    [InlineData("yuv444p12le", "smpte2084", Bright, Brightest)]
    [InlineData("yuv420p10le", "arib-std-b67", 800, 870)]
    public async Task Segment_OfShots_HasThePeakOfEach(string format, string transfer, int bright, int brightest)
    {
        using var desk = new Desk(await FilmAsync([.. Enumerable.Repeat(Dark, 10), .. Enumerable.Repeat(bright, 15), .. Enumerable.Repeat(brightest, 5)], format, transfer), bench);
        ToneMapReport report = Look(desk, desk.Video).ToneMap!;

        Assert.Equal((PictureToneMap.Bt2390, PictureToneMap.Desaturate, PictureToneMap.ShotPeaks), (report.Curve, report.Gamut, report.PeakRule));
        Assert.Equal([0, 10], report.Shots.Select(shot => shot.FirstPicture));
        Assert.Equal(new ShotPeak(0, 203, 203, 203), report.Shots[0]);
        double first = Nits(bright, transfer), last = Nits(brightest, transfer);
        Assert.Equal(report.Shots[1].FirstNits, report.Shots[1].LeastNits);
        Assert.InRange(report.Shots[1].FirstNits, first, first * 1.06);
        // It takes more pictures from one to the other than there are.
        Assert.InRange(report.Shots[1].MostNits, first * 1.2, last);
    }

    /// <summary>A film that stays as bright is the bytes of a recipe that says how bright, at any size.</summary>
    [Fact]
    public async Task Segment_OfOneBrightness_IsThatOfARecipeThatSaysIt()
    {
        using var desk = new Desk(await FilmAsync([.. Enumerable.Repeat(Bright, 30)]), bench);
        int nits = Look(desk, desk.Video).ToneMap!.Shots.Single().MostNits;
        foreach ((int width, int height) in new[] { (Width, Height), (160, 90) })
        {
            VideoRecipe rung = desk.Video with { Width = width, Height = height };
            VideoRecipe said = rung with { ToneMap = rung.ToneMap! with { PeakRule = null, PeakNits = nits } };
            Assert.Equal(desk.Segment(said, 0), desk.Segment(rung, 0));
            Assert.NotEqual(said.Id, rung.Id);
            Assert.NotEqual(desk.Segment(said with { ToneMap = said.ToneMap! with { PeakNits = 1000 } }, 0), desk.Segment(rung, 0));
        }
    }

    /// <summary>In any order, alone or beside another rung that came first or later, with a recipe that says its own peak or follows the rule.</summary>
    [Fact]
    public async Task Segments_OfAFilmWithShots_AreTheSameBytesHoweverTheyAreMade()
    {
        byte[] film = await FilmAsync([.. Enumerable.Range(0, 120).Select(i => i % 50 < 20 ? Dark : i % 50 < 35 ? Bright + (i % 50) : Brightest)]);
        using var desk = new Desk(film, bench);
        VideoRecipe own = desk.Video, small = own with { Width = 160, Height = 90 };
        VideoRecipe said = small with { ToneMap = small.ToneMap! with { PeakRule = null, PeakNits = 1000 } };
        for (int index = desk.SegmentCount - 1; index >= 0; index--)
        {
            byte[][] alone = [.. new[] { own, small, said }.Select(recipe => desk.Segment(recipe, index))];
            foreach (int[] company in new int[][] { [0, 1], [1, 0], [2, 0, 1], [0, 2] })
            {
                VideoRecipe[] rungs = [own, small, said];
                var made = new Made(bench, new SegmentOrder(desk.Description, rungs[company[0]], index));
                Array.ForEach(company, rung => Assert.True(made.TryJoin(rungs[rung])));
                made.Make(new FileReader(film));
                Assert.Equal(company.Select(rung => alone[rung]), made.Outputs);
            }
        }
    }

    [Fact]
    public async Task Rule_ThatIsNotKnown_IsRefused()
    {
        using var desk = new Desk(await FilmAsync([.. Enumerable.Repeat(Bright, 30)]), bench);
        foreach (PictureToneMap map in new[] { PictureToneMap.Auto with { PeakRule = "shots-0" }, PictureToneMap.Auto with { Curve = "hable-1" }, PictureToneMap.Auto with { Gamut = "clip-0" } })
        {
            Assert.Throws<TranscodeException>(() => desk.Segment(desk.Video with { ToneMap = map }, 0));
        }
    }

    private static TuningReport Look(Desk desk, VideoRecipe recipe) =>
        JsonSerializer.Deserialize(desk.Execute(new TuningOrder(desk.Description, recipe, 0)), EngineJson.Default.TuningReport)!;

    private static double Nits(int code, string transfer) =>
        transfer == "smpte2084" ? HdrReference.PqNits((code - 64) / 876.0) : HdrReference.HlgGreyNits((code - 64) / 876.0);

    /// <summary>Flat pictures of grey.</summary>
    private static Task<byte[]> FilmAsync(int[] codes, string format = "yuv420p10le", string transfer = "smpte2084")
    {
        byte[] raw = new byte[codes.Length * Width * Height * 3];
        for (int i = 0; i < raw.Length / 2; i++)
        {
            int at = i % (Width * Height * 3 / 2);
            BinaryPrimitives.WriteUInt16LittleEndian(raw.AsSpan(2 * i), (ushort)(at < Width * Height ? codes[i / (Width * Height * 3 / 2)] : 512));
        }

        return FFmpeg.MakeAsync(
            $"-f rawvideo -pix_fmt yuv420p10le -s {Width}x{Height} -r 25 -i pipe:0 -pix_fmt {format} -color_primaries bt2020 -color_trc {transfer} -colorspace bt2020nc -color_range tv -c:v ffv1 -g 1",
            "mkv",
            raw);
    }
}
