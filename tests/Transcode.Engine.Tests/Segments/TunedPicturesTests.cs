using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What is done to a rung's pictures between scaling and encoding, shot by shot.</summary>
public sealed class TunedPicturesTests
{
    private const int Width = 426;
    private const int Height = 240;
    private const int PictureBytes = Width * Height * 3 / 2;
    private const string Clean = "-f lavfi -i smptehdbars=s=426x240:r=25:d=2";
    private const string Other = "-f lavfi -i testsrc2=s=426x240:r=25:d=2";
    private const string Noise = "noise=alls=16:allf=t";
    private const string Coded = "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 0";

    /// <summary>How reasons begin that are about brightness, Cb and Cr.</summary>
    private static readonly string[] Planes = ["noise:", "noise of Cb:", "noise of Cr:"];

    [Theory]
    [InlineData(Clean)]
    [InlineData(Other)]
    public async Task Auto_OnACleanFilm_ChangesNoByte(string film)
    {
        using var desk = new Desk(await FFmpeg.MakeAsync($"{film} {Coded}", "mkv"));
        Assert.Equal(PictureTuning.Auto, desk.Video.Tuning);
        (_, List<TuningDecision> decisions) = Tuned(await PicturesAsync(film, 3), PictureTuning.Auto);
        Assert.Equal(TuningPlan.None, decisions[0].Plan);
        byte[] untuned = desk.Segment(desk.Video with { Tuning = null }, 0);

        Assert.Equal(untuned, desk.Segment(desk.Video, 0));
        Assert.Equal(untuned, desk.Segment(desk.Video with { Tuning = PictureTuning.Of(TuningPlan.None) }, 0));
    }

    /// <summary>The issue with noise is what it costs and hides: fewer bytes, and nearer to what was there before it.</summary>
    [Theory]
    [InlineData(VideoFormat.H264)]
    [InlineData(VideoFormat.Hevc, Explicit = true)]
    [InlineData(VideoFormat.Av1)]
    public async Task Auto_OnANoisyFilm_TakesFewerBytesAndIsNearerToTheCleanOne(VideoFormat format)
    {
        byte[] clean = await FFmpeg.MakeAsync($"{Clean} {Coded}", "mkv");
        using var desk = new Desk(await FFmpeg.MakeAsync($"{Clean} -vf {Noise} {Coded}", "mkv"), offer: Offer.All);
        var tuned = (VideoRecipe)desk.Ladder.Video.First(rung => rung.Recipe.Encoder == VideoGroup.Of(format).Encoder).Recipe;
        byte[] with = desk.Whole(tuned);
        byte[] without = desk.Whole(tuned with { Tuning = null });

        Assert.InRange(with.Length, 1, without.Length * 85 / 100);
        Assert.InRange(await ApartAsync(with, clean), 0, await ApartAsync(without, clean));
        Assert.NotEqual(tuned.Id, (tuned with { Tuning = null }).Id);
    }

    /// <summary>What becomes of a shot depends on nothing that comes after it in the segment, and on nothing before.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 0)]
    [InlineData(0, 60)]
    [InlineData(12, 40)]
    public async Task Shot_BesideAnother_IsWhatItIsAlone(int temporal, int spatial)
    {
        PictureTuning tuning = temporal + spatial == 0 ? PictureTuning.Auto : PictureTuning.Of(TuningPlan.None with { TemporalQuarters = temporal, SpatialTenths = spatial });
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {Noise}", 9);
        byte[][] other = await PicturesAsync(Other, 8);
        (byte[][] alone, _) = Tuned(noisy, tuning);
        (byte[][] otherAlone, _) = Tuned(other, tuning);
        (byte[][] both, List<TuningDecision> decisions) = Tuned([.. noisy, .. other, .. noisy], tuning);

        Assert.Equal([0, 9, 17], decisions.Select(decision => decision.FirstPicture));
        Assert.Equal([.. alone, .. otherAlone, .. alone], both);
        Assert.NotEqual(noisy, alone);
        Assert.Equal(decisions[0] with { FirstPicture = 17, Reasons = [] }, decisions[2] with { Reasons = [] });
        if (temporal + spatial == 0)
        {
            Assert.Equal(TuningPlan.None, decisions[1].Plan);
            Assert.Equal(other, otherAlone);
        }
    }

    /// <summary>Two pictures that are the same say nothing of noise: the pair that differs counts.</summary>
    [Fact]
    public async Task Noise_OfAFilmAtTwiceItsRate_IsThatOfTheFilm()
    {
        byte[][] once = await PicturesAsync($"{Clean} -vf {Noise}", 3);
        (_, List<TuningDecision> plain) = Tuned(once, PictureTuning.Auto);
        (_, List<TuningDecision> twice) = Tuned([once[0], once[0], once[1]], PictureTuning.Auto);

        Assert.True(plain[0].Plan.SpatialTenths > 0);
        Assert.Equal(plain[0].Plan, twice[0].Plan);
    }

    [Fact]
    public async Task Shot_OfOnePicture_IsLeftAlone()
    {
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {Noise}", 1);
        (byte[][] tuned, List<TuningDecision> decisions) = Tuned(noisy, PictureTuning.Auto);

        Assert.Equal(noisy, tuned);
        Assert.Equal((null, TuningPlan.None), (decisions.Single().Measures, decisions.Single().Plan));
    }

    /// <summary>Averaging in time is over as many pictures as there are on each side in the segment, three at most, by the witness's rule.</summary>
    [Fact]
    public async Task Averaging_InTime_IsAtadenoises()
    {
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {Noise}", 7);
        (byte[][] tuned, _) = Tuned(noisy, PictureTuning.Of(TuningPlan.None with { TemporalQuarters = 48 }));
        byte[] witness = await FFmpeg.RunAsync(
            $"-f rawvideo -pix_fmt yuv420p -s {Width}x{Height} -i pipe:0 -vf atadenoise=0a=0.0508:0b=0.0977:1a=0.0508:1b=0.0977:2a=0.0508:2b=0.0977:s=7:a=s -f rawvideo -pix_fmt yuv420p pipe:1",
            Desk.Join(noisy));

        // The filter mirrors pictures at the ends, where ours has none: the middle one has all.
        Assert.Equal(witness[(3 * PictureBytes)..(4 * PictureBytes)], tuned[3]);
    }

    /// <summary>Subtitles are laid over what has been tuned: a white box stays as sharp and as white as it is.</summary>
    [Fact]
    public async Task Subtitle_OverATunedPicture_IsNotTuned()
    {
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {Noise}", 4);
        VideoRecipe recipe = Recipe(PictureTuning.Of(new(0, 60, 16, 40)));
        var video = new VideoTrack(0, "h264", Width, Height, 0, 8, "bt709", "bt709", Interlaced: false);
        var box = new AvSubtitleImage(0, 0, 0, Width, Height, [new(100, 50, 64, 32, [.. Enumerable.Repeat(0xFFFFFFFFu, 64 * 32)])]);
        List<byte[]> made = [];
        using (var finisher = new PictureFinisher(video, recipe, PictureDevice.None, picture => made.Add(RawPicture.Bytes(picture, recipe.PixelFormat))))
        {
            foreach (byte[] picture in noisy)
            {
                finisher.Take(new(RawPicture.From(picture, recipe.PixelFormat, Width, Height), box));
            }

            finisher.Finish();
        }

        (byte[][] tuned, _) = Tuned(noisy, recipe.Tuning!);
        Assert.Equal(noisy.Length, made.Count);
        for (int number = 0; number < made.Count; number++)
        {
            for (int at = 0; at < Width * Height; at++)
            {
                bool isBox = at % Width is >= 100 and < 164 && at / Width is >= 50 and < 82;
                Assert.Equal(isBox ? 235 : tuned[number][at], made[number][at]);
            }
        }
    }

    /// <summary>Planes without noise keep every byte; those with noise come nearer to the clean film.</summary>
    [Theory]
    [InlineData("noise=c0s=16:c0f=t", true, false, false)]
    [InlineData("noise=c1s=16:c1f=t:c2s=16:c2f=t", false, true, true)]
    [InlineData("noise=c2s=16:c2f=t", false, false, true)]
    [InlineData(Noise, true, true, true)]
    public async Task Auto_OnNoiseOfSomePlanes_LeavesTheOthers(string filter, params bool[] isNoisy)
    {
        byte[][] clean = await PicturesAsync(Clean, 4);
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {filter}", 4);
        (byte[][] tuned, List<TuningDecision> decisions) = Tuned(noisy, PictureTuning.Auto);

        TuningPlan plan = decisions.Single().Plan;
        Assert.Equal(isNoisy, Enumerable.Range(0, 3).Select(plane => plan.SpatialTenthsOf(plane) > 0));
        Assert.Equal(isNoisy, Enumerable.Range(0, 3).Select(plane => decisions[0].Measures!.NoiseOf(plane) > 1.2));
        Assert.Equal([0, 1, 2], Planes.Select(word => decisions[0].Reasons.ToList().FindIndex(reason => reason.StartsWith(word, StringComparison.Ordinal))));
        for (int number = 0; number < noisy.Length; number++)
        {
            for (int plane = 0; plane < 3; plane++)
            {
                byte[] before = Plane(noisy[number], plane), after = Plane(tuned[number], plane), wanted = Plane(clean[number], plane);
                Assert.Equal(!isNoisy[plane], before.SequenceEqual(after));
                Assert.True(!isNoisy[plane] || Apart(after, wanted) * 2 < Apart(before, wanted));
            }
        }

        static byte[] Plane(byte[] picture, int plane) =>
            plane == 0 ? picture[..(Width * Height)] : picture[(Width * Height * (3 + plane) / 4)..(Width * Height * (4 + plane) / 4)];
    }

    /// <summary>Each plane of colour has a strength of its own only if the plan says so, and brightness is what it would be.</summary>
    [Fact]
    public async Task Colour_AveragedMore_IsThatOfTheStrongerPlan()
    {
        byte[][] noisy = await PicturesAsync($"{Clean} -vf {Noise}", 1);
        TuningPlan weak = new(0, 20, 0, 0), strong = new(0, 30, 0, 0);
        byte[] one = Made(weak), other = Made(strong), both = Made(weak.WithSpatial(20, 30, 20));
        int cr = Width * Height * 5 / 4;

        Assert.Equal(one[..(Width * Height)], both[..(Width * Height)]);
        Assert.Equal(other[(Width * Height)..cr], both[(Width * Height)..cr]);
        Assert.Equal(one[cr..], both[cr..]);
        Assert.NotEqual(one, both);
        Assert.Equal(one, Made(weak with { CbTenths = 20, CrTenths = 20 }));

        byte[] Made(TuningPlan plan) => Tuned(noisy, PictureTuning.Of(plan)).Pictures[0];
    }

    /// <summary>What another rule made is not what today's makes.</summary>
    [Theory]
    [InlineData("auto-1")]
    [InlineData("auto-99")]
    public void Rule_OfAnotherNumber_IsRefused(string rule) =>
        Assert.Throws<NotSupportedException>(() => Tuned([new byte[PictureBytes]], new() { Rule = rule }));

    [Fact]
    public void Strength_ThatThereIsNot_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tuned([new byte[PictureBytes]], PictureTuning.Of(new(0, 9, 0, 0))));

    private static VideoRecipe Recipe(PictureTuning tuning) =>
        (VideoRecipe)Workers.RawVideo.Segment(0).Recipe with { Width = Width, Height = Height, PixelFormat = VideoRecipe.EightBits, Tuning = tuning };

    private static (byte[][] Pictures, List<TuningDecision> Decisions) Tuned(byte[][] pictures, PictureTuning tuning)
    {
        VideoRecipe recipe = Recipe(tuning);
        List<byte[]> tuned = [];
        using var tuner = new PictureTuner(recipe, PictureDevice.None, picture => tuned.Add(RawPicture.Bytes(picture, recipe.PixelFormat)));
        foreach (byte[] picture in pictures)
        {
            tuner.Take(RawPicture.From(picture, recipe.PixelFormat, Width, Height));
        }

        tuner.Finish();
        return ([.. tuned], [.. tuner.Decisions]);
    }

    private static async Task<byte[][]> PicturesAsync(string film, int count) =>
        [.. (await FFmpeg.RunAsync($"{film} -frames:v {count} -f rawvideo -pix_fmt yuv420p pipe:1")).Chunk(PictureBytes)];

    /// <summary>Mean squared difference of brightness and colour, by ffmpeg's decoder.</summary>
    private static async Task<double> ApartAsync(byte[] made, byte[] film)
    {
        byte[] one = await DecodedAsync(made), other = await DecodedAsync(film);
        Assert.Equal(other.Length, one.Length);
        return Apart(one, other);
    }

    private static double Apart(byte[] one, byte[] other) => one.Zip(other, (a, b) => (double)((a - b) * (a - b))).Average();

    private static Task<byte[]> DecodedAsync(byte[] film) =>
        FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync($"-i {path} -map 0:v -fps_mode passthrough -f rawvideo -pix_fmt yuv420p pipe:1"));
}
