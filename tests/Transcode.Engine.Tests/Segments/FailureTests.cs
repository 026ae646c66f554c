using System.Text;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Every failure is one of the closed list, and the workbench goes on with the next order.</summary>
public sealed class FailureTests
{
    private const string Film = "-f lavfi -i testsrc2=s=128x72:r=25:d=6 -f lavfi -i sine=d=6 -pix_fmt yuv420p -c:v libx264 -g 25 -c:a aac";

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("This is a letter and no film. ")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("RIFF")]
    public void Probe_NotMedia_SaysSo(string text) =>
        Assert.Equal(FailureCause.NotMedia, Assert.Throws<TranscodeException>(() => new Desk(Encoding.ASCII.GetBytes(text))).Failure.Cause);

    [Fact]
    public void Probe_Noise_SaysItIsNotMedia()
    {
        byte[] noise = new byte[100_000];
        new Random(3).NextBytes(noise);

        Assert.Contains(
            Assert.Throws<TranscodeException>(() => new Desk(noise)).Failure.Cause, new[] { FailureCause.NotMedia, FailureCause.NothingDecodes });
    }

    /// <summary>The file that is pointed at is there and plays: refused, because it is another file.</summary>
    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile {0}\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")]
    public async Task Probe_APlaylist_IsRefused(string text)
    {
        byte[] film = await FFmpeg.MakeOnceAsync(Film, "ts");
        TranscodeException refused = await FFmpeg.WithFileAsync(film, path => Task.FromResult(
            Assert.Throws<TranscodeException>(() => new Desk(Encoding.UTF8.GetBytes(text.Replace("{0}", path, StringComparison.Ordinal))))));

        Assert.Equal(FailureCause.NotMedia, refused.Failure.Cause);
    }

    [Theory]
    [InlineData("ts")]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task Source_CutAnywhere_PlaysWhatIsLeftOrSaysWhy(string container)
    {
        byte[] film = await FFmpeg.MakeOnceAsync(Film, container);
        foreach (int percent in new[] { 0, 1, 3, 20, 50, 77, 99 })
        {
            byte[] cut = film[..(film.Length * percent / 100)];
            try
            {
                using var desk = new Desk(cut);
                Assert.NotEqual(0, percent);
                Assert.InRange(desk.Grid.FrameCount, 1, 151);
                for (int index = 0; index < desk.SegmentCount; index++)
                {
                    int frames = (await FFmpeg.FrameTimesAsync([.. desk.Init(desk.Video), .. desk.Segment(desk.Video, index)])).Length;
                    Assert.Equal(desk.Grid.FramesIn(index), frames);
                    foreach (Rendition sound in desk.Ladder.Audio)
                    {
                        Assert.NotEmpty(desk.Segment(sound.Recipe, index));
                    }
                }
            }
            catch (TranscodeException exception)
            {
                Assert.Contains(exception.Failure.Cause, new[] { FailureCause.NotMedia, FailureCause.NothingDecodes, FailureCause.UnsupportedCodec });
                Assert.True(percent < 20 || container == "mp4", $"{percent} % of a {container} must play: {exception.Message}");
            }
        }
    }

    [Fact]
    public async Task Index_OutsideTheGrid_IsOutOfRange()
    {
        using var desk = new Desk(await FFmpeg.MakeOnceAsync(Film, "mp4"));
        foreach (int index in new[] { -1, desk.SegmentCount, int.MaxValue, int.MinValue })
        {
            Assert.Equal(FailureCause.OutOfRange, Cause(() => desk.Segment(desk.Video, index)));
            Assert.Equal(FailureCause.OutOfRange, Cause(() => desk.Segment(desk.Sound, index)));
        }

        Assert.Equal(FailureCause.OutOfRange, Cause(() => desk.Execute(new StillOrder(desk.Description, desk.Grid.FrameCount, 160))));
        Assert.NotEmpty(desk.Segment(desk.Video, 0));
    }

    [Fact]
    public async Task Source_ThatCannotBeRead_SaysSoAndIsReadAgainLater()
    {
        // A segment of it is more than what is read at once: something must be read.
        bool broken = false;
        var source = new FileReader(await FFmpeg.MakeAsync($"{Film} -qp 1", "mp4"))
        {
            OnRead = _ =>
            {
                if (broken)
                {
                    throw new IOException("The disk is gone.");
                }
            },
        };
        using var desk = new Desk(source);
        byte[] whole = desk.Segment(desk.Video, 1);
        broken = true;
        Assert.Equal(FailureCause.SourceUnreadable, Cause(() => desk.Segment(desk.Video, 1)));
        Assert.Equal(FailureCause.SourceUnreadable, Cause(() => desk.Segment(desk.Sound, 1)));
        Assert.Equal(FailureCause.SourceUnreadable, Assert.Throws<TranscodeException>(() => new Desk(source)).Failure.Cause);
        broken = false;

        Assert.Equal(whole, desk.Segment(desk.Video, 1));
    }

    [Fact]
    public async Task Order_Cancelled_StopsBetweenFramesAndLeavesTheNextAlone()
    {
        var source = new FileReader(await FFmpeg.MakeOnceAsync(Film, "mp4"));
        using var bench = new Workbench();
        using var desk = new Desk(source, bench);
        byte[] whole = desk.Segment(desk.Video, 1);
        using var cancel = new CancellationTokenSource();
        int chunks = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => bench.Execute(new SegmentOrder(desk.Description, desk.Video, 1), source, _ =>
        {
            chunks++;
            cancel.Cancel();
        }, cancel.Token));
        Assert.Equal(1, chunks);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            bench.Execute(new SegmentOrder(desk.Description, desk.Sound, 1), source, _ => chunks++, cancel.Token));
        Assert.Equal(1, chunks);
        Assert.Equal(whole, desk.Segment(desk.Video, 1));
    }

    private static FailureCause Cause(Action action) => Assert.Throws<TranscodeException>(action).Failure.Cause;
}
