using System.Buffers.Binary;
using System.Text.Json;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Stages;
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

    /// <summary>Beside one that looks for peaks, and beside one that does not: then the pictures that went by are looked at when it comes.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(4, false)]
    [InlineData(3, false)]
    public async Task Rung_ThatComesLate_IsTheBytesItIsAlone(int afterPictures, bool besidePeaks)
    {
        const int pictures = 30;
        byte[] film = await FilmAsync([.. Enumerable.Range(0, pictures).Select(i => i < 3 ? Dark : Bright + (6 * i))], noise: 128);
        using var desk = new Desk(film, bench);
        VideoRecipe own = desk.Video, small = own with { Width = 160, Height = 90 };
        VideoRecipe first = besidePeaks ? own : own with { ToneMap = own.ToneMap! with { PeakRule = null, PeakNits = 1000 } };
        byte[][] alone = [desk.Segment(first, 0), desk.Segment(small, 0)];
        var made = new Made(bench, new SegmentOrder(desk.Description, first, 0));
        Assert.True(made.TryJoin(first));
        bool? joined = null;
        // Of one size but for noise; the index at the end is read first.
        long picture = film.Length / pictures;
        made.Make(new FileReader(film)
        {
            OnRead = offset => joined ??= offset > afterPictures * picture && offset < (afterPictures + 1) * picture ? made.TryJoin(small) : null,
        });

        Assert.True(joined);
        Assert.Equal(alone, made.Outputs);
        // And it is no other film's: what went by counts.
        Assert.NotEqual(alone[1], desk.Segment(small with { ToneMap = small.ToneMap! with { PeakRule = null, PeakNits = 600 } }, 0));
    }

    /// <summary>In the middle of a segment packets are noise, or the file ends there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Segments_OfADamagedFilm_AreTheSameBytesHoweverTheyAreMade(bool isCutOff)
    {
        (string filter, string options) = FFmpeg.WideColours("smpte2084");
        byte[] film = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s=320x180:r=25:d=4 -vf format=yuv420p10le,eq=brightness=0.1*sin(n/5):eval=frame,{filter} {options} "
            + "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=25:bframes=0", "ts");
        int middle = film.Length / 188 * 188 * 3 / 8;
        var random = new Random(1);
        using var sound = new Desk([.. film], bench);
        film = isCutOff ? film[..middle] : film;
        for (int packet = 0; !isCutOff && packet < 12; packet += 3)
        {
            random.NextBytes(film.AsSpan(middle + (packet * 188) + 20, 160));
        }

        using var desk = new Desk(film, bench);
        VideoRecipe[] rungs = [desk.Video, desk.Video with { Width = 160, Height = 90 }, desk.Rung("240p-hevc-pq")];
        Assert.Contains(Enumerable.Range(0, desk.SegmentCount), index => !desk.Segment(rungs[0], index).SequenceEqual(sound.Segment(rungs[0], index)));
        for (int index = desk.SegmentCount - 1; index >= 0; index--)
        {
            byte[][] alone = [.. rungs.Select(recipe => desk.Segment(recipe, index))];
            foreach (int[] company in new int[][] { [0, 1, 2], [2, 1, 0], [1, 2] })
            {
                var made = new Made(bench, new SegmentOrder(desk.Description, rungs[company[0]], index));
                Array.ForEach(company, rung => Assert.True(made.TryJoin(rungs[rung])));
                made.Make(new FileReader(film));
                Assert.Equal(company.Select(rung => alone[rung]), made.Outputs);
            }
        }
    }

    /// <summary>Whether it comes first or last, and whether the others have peaks or not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rung_OfARuleThatIsNotKnown_FailsAlone(int place)
    {
        byte[] film = await FilmAsync([.. Enumerable.Repeat(Dark, 10), .. Enumerable.Repeat(Bright, 20)]);
        using var desk = new Desk(film, bench);
        VideoRecipe own = desk.Video, high = desk.Rung("240p-hevc-pq");
        foreach (PictureToneMap map in new[] { own.ToneMap! with { PeakRule = "shots-0" }, own.ToneMap! with { Curve = "hable-1" } })
        {
            List<VideoRecipe> rungs = [own, high];
            rungs.Insert(place, own with { ToneMap = map });
            var made = new Made(bench, new SegmentOrder(desk.Description, rungs[0], 0));
            rungs.ForEach(rung => Assert.True(made.TryJoin(rung)));
            made.Make(new FileReader(film));

            WorkFailure failure = Assert.IsType<TranscodeException>(made.Ends[place].Failure).Failure;
            Assert.Equal(FailureCause.Internal, failure.Cause);
            Assert.Contains(map.PeakRule == PictureToneMap.ShotPeaks ? "hable-1" : "shots-0", failure.Message, StringComparison.Ordinal);
            rungs.RemoveAt(place);
            Assert.Equal(rungs.Select(rung => desk.Segment(rung, 0)), made.Outputs.Where((_, rung) => rung != place));
        }
    }

    /// <summary>libavfilter refuses the layout: packed 4:2:2 of ten bits, the high byte first, is nothing that libswscale reads.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Look_ThatFails_EndsThoseWhoFollowItAndNoOther(int latecomer)
    {
        using var desk = new Desk(await FilmAsync([.. Enumerable.Repeat(Bright, 30)]), bench);
        VideoRecipe[] recipes = [desk.Video, desk.Rung("240p-hevc-pq"), desk.Video with { Width = 160, Height = 90 }];
        var ends = new Exception?[recipes.Length];
        Rung[] rungs = [.. recipes.Select((recipe, at) => new Rung(desk.Description, 0, new(recipe, _ => { }, (_, failure) => ends[at] = failure, GivesWay: false, TestContext.Current.CancellationToken), PictureDevice.None, _ => { }))];
        using var peaks = new SharedPeaks(desk.Description.Video!);
        using AvFrame good = Picture("yuv420p10le"), bad = Picture("y210be");
        Array.ForEach(rungs, rung => rung.Start());
        for (int at = 0; at < rungs.Length; at++)
        {
            if (at != latecomer)
            {
                peaks.Join(rungs[at], []);
            }
        }

        peaks.Add(good);
        Assert.NotNull(peaks.At(0));
        peaks.Add(bad);
        peaks.Add(good);
        Assert.Null(peaks.At(1));
        peaks.Join(rungs[latecomer], [good, bad]);
        for (int number = 0; number < desk.Grid.FramesIn(0); number++)
        {
            Array.ForEach(rungs, rung => rung.Offer(good, number, null, peaks.At(0)));
        }

        foreach (Rung rung in rungs)
        {
            rung.EndOfPictures(null);
            rung.Join();
            rung.Answer("", new());
            rung.Dispose();
        }

        Assert.Null(ends[1]);
        Assert.All([ends[0], ends[2]], end => Assert.Equal(FailureStage.Filter, Assert.IsType<TranscodeException>(end).Failure.Stage));
        Assert.Same(ends[0], ends[2]);
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

    private static AvFrame Picture(string format)
    {
        var picture = new AvFrame { Width = Width, Height = Height, Format = AvUtil.av_get_pix_fmt(format) };
        picture.Allocate();
        for (int plane = 0; plane < (format == "y210be" ? 1 : 3); plane++)
        {
            picture.Plane(plane, plane == 0 ? Height : Height / 2).Clear();
        }

        return picture;
    }

    /// <summary>Flat pictures of grey.</summary>
    /// <param name="codes">Of each.</param>
    /// <param name="format">Of the film.</param>
    /// <param name="transfer">Of the film.</param>
    /// <param name="noise">Codes of noise below each.</param>
    private static Task<byte[]> FilmAsync(int[] codes, string format = "yuv420p10le", string transfer = "smpte2084", int noise = 1)
    {
        var random = new Random(1);
        byte[] raw = new byte[codes.Length * Width * Height * 3];
        for (int i = 0; i < raw.Length / 2; i++)
        {
            int at = i % (Width * Height * 3 / 2);
            BinaryPrimitives.WriteUInt16LittleEndian(raw.AsSpan(2 * i), (ushort)(at < Width * Height ? codes[i / (Width * Height * 3 / 2)] - random.Next(noise) : 512));
        }

        (string filter, string options) = FFmpeg.WideColours(transfer);
        return FFmpeg.MakeAsync(
            $"-f rawvideo -pix_fmt yuv420p10le -s {Width}x{Height} -r 25 -i pipe:0 -vf {filter} -pix_fmt {format} {options} -c:v ffv1 -g 1",
            "mkv",
            raw);
    }
}
