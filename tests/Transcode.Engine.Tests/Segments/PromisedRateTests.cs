using System.Globalization;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What a rendition says of its rates holds on the hardest of pictures and sounds.</summary>
public sealed class PromisedRateTests
{
    /// <summary>Four cuts a second between two moving pictures under fresh noise; the last segment is a little over half as
    /// long as the others.</summary>
    private const string Hard = "-f lavfi -i testsrc2=s=640x360" + Cuts;

    /// <summary>The same on a larger picture.</summary>
    private const string Large = "-f lavfi -i testsrc2=s=854x480" + Cuts;

    private const string Cuts =
        ":r=30:d={0},noise=alls=70:allf=t+u,hue=h=90*floor(4*t):s=2,hflip=enable='mod(floor(4*t),2)' "
        + "-f lavfi -i anoisesrc=r=48000:a=0.9:d={0}:seed=5 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 16 -c:a pcm_s16le";

    /// <summary>A still picture, and in the last half second of each segment hard noise: what comes late must not be paid for
    /// with what was saved before it.</summary>
    private const string Late =
        "-f lavfi -i testsrc2=s=426x240:r=25:d={0},noise=alls=100:allf=t+u:enable='gte(mod(t,2),1.5)' -f lavfi -i anoisesrc=r=48000:a=0.9:d={0}:seed=5 "
        + "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 16 -c:a pcm_s16le";

    [Theory]
    [InlineData(Hard, 1.2, "360p", "240p", "audio")]
    [InlineData(Hard, 1.2, "360p-hevc", "240p-av1")]
    [InlineData(Large, 1.2, "480p", "360p", "240p", "audio", Explicit = true)]
    [InlineData(Large, 1.2, "360p-hevc", "240p-av1", Explicit = true)]
    [InlineData(Late, 2, "240p", "240p-hevc", "240p-av1")]
    public async Task Segments_OfNoiseAndCuts_StayWithinThePromise(string film, double last, params string[] names)
    {
        int count = Whole.IsAsked ? 5 : 3;
        film = film.Replace("{0}", ((2 * (count - 1)) + last).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using var desk = new Desk(await FFmpeg.MakeAsync(film, "mkv"), offer: Offer.All);
        foreach (Rendition rendition in names.Select(name => desk.Ladder.Renditions.Single(rendition => rendition.Name == name)))
        {
            byte[][] segments = desk.Segments(rendition.Recipe);
            double[] rates = [.. segments.Select((segment, index) => segment.Length * 8 / SecondsOf(desk, rendition, index))];
            TestContext.Current.SendDiagnosticMessage(
                $"{rendition.Name}: peak {rates.Max() / rendition.PeakBitsPerSecond:P0}, average {segments.Sum(s => s.Length) * 8.0 / desk.Grid.Duration.TotalSeconds / rendition.AverageBitsPerSecond:P0} of the promise");

            Assert.Equal(count, segments.Length);
            Assert.All(rates, rate => Assert.InRange(rate, 0, rendition.PeakBitsPerSecond));
            Assert.InRange(segments.Sum(s => s.Length) * 8.0 / desk.Grid.Duration.TotalSeconds, 0, rendition.AverageBitsPerSecond * 1.01);
        }
    }

    /// <summary>The encoder takes most at the beginning, and here is nothing else.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.7)]
    [InlineData(1.3)]
    public async Task Sound_OfAMoment_StaysWithinThePromise(double seconds)
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(
            string.Create(CultureInfo.InvariantCulture, $"-f lavfi -i anoisesrc=r=48000:a=1:d={seconds}:seed=5 -ac 2 -c:a pcm_s16le"), "mkv"));
        Rendition sound = desk.Ladder.Audio.Single();
        double rate = desk.Segments(desk.Sound).Single().Length * 8 / (desk.Grid.FramesIn(0) / desk.Grid.FrameRate.ToDouble());

        Assert.InRange(rate, 0, sound.PeakBitsPerSecond);
    }

    /// <summary>What the encoder says of itself is more than such a picture.</summary>
    [Fact]
    public async Task SinglePictures_OfAFewPixels_StayWithinThePromise()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=32x18:r=25:d=3 -pix_fmt yuv420p -c:v libx264 -qp 16", "mkv"));
        Rendition pictures = TrickPlay.For(desk.Description, desk.Ladder).IFrames!;

        Assert.All(
            Enumerable.Range(0, pictures.Recipe.SegmentCount(desk.Grid)),
            index => Assert.InRange(desk.Segment(pictures.Recipe, index).Length * 8, 0, pictures.PeakBitsPerSecond));
    }

    private static double SecondsOf(Desk desk, Rendition rendition, int index) => rendition.Recipe is AudioRecipe
        ? (desk.Grid.FirstAudioFrame(index + 1, 48_000, 1024) - desk.Grid.FirstAudioFrame(index, 48_000, 1024)) * 1024 / 48_000.0
        : desk.Grid.FramesIn(index) / desk.Grid.FrameRate.ToDouble();
}
