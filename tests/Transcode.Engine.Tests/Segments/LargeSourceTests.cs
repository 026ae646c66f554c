using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A source of any size starts at once: what is read until the first chunk has a limit that its size does not move.</summary>
public sealed class LargeSourceTests
{
    private const long Large = 20_000_000_000;

    /// <summary>Two looks of at most 5 MB at the beginning, one at the end, and the first segment itself.</summary>
    private const long MostBytesToFirstChunk = 16_000_000;

    private const string Codecs =
        "-c:v libx264 -preset veryfast -g 50 -bf 2 -c:a ac3 -b:a 128k -map 0:v -map 1:a -muxrate 4M -f mpegts";

    private static Task<byte[]> TenSecondsAsync() =>
        CountedFilm.MakeAsync(250, "25", Codecs, "ts", "-f lavfi -i sine=r=48000:d=10");

    [Fact]
    public async Task TransportStream_Of20Gigabytes_StartsAndSeeksReadingLittle()
    {
        byte[] block = await TenSecondsAsync();
        foreach (long size in new[] { 100_000_000, Large })
        {
            var source = new LongStream(block, 900_000, size);
            using var desk = new Desk(source);
            long toFirstChunk = 0;
            desk.Execute(new SegmentOrder(desk.Description, desk.Video, 0), _ => toFirstChunk = toFirstChunk == 0 ? source.BytesRead : toFirstChunk);
            long beforeSeek = source.BytesRead;
            int middle = desk.SegmentCount / 2;
            byte[] picture = desk.Segment(desk.Video, middle);
            byte[] sound = desk.Segment(desk.Sound, middle);

            // The sound may end a little after the last repetition.
            Assert.InRange(desk.Grid.Duration.TotalSeconds, source.Repetitions * 10, (source.Repetitions * 10) + 0.1);
            Assert.InRange(toFirstChunk, 1, MostBytesToFirstChunk);
            Assert.InRange(source.BytesRead - beforeSeek, 1, MostBytesToFirstChunk);
            Assert.NotEmpty(sound);
            Assert.Equal(
                Enumerable.Range(middle * 50, 50).Select(n => n % 250),
                await CountedFilm.NumbersAsync([.. desk.Init(desk.Video), .. picture]));
        }
    }

    /// <summary>The 33-bit clock wraps after 26.5 hours; a recording may begin a minute before that.</summary>
    [Fact]
    public async Task TransportStream_WhoseClockWraps_GoesOn()
    {
        byte[] block = await TenSecondsAsync();
        var source = new LongStream(block, 900_000, block.Length * 12L, firstTicks: (1L << 33) - (63 * 90_000));
        using var desk = new Desk(source);

        Assert.InRange(desk.Grid.FrameCount, 3000, 3002);
        foreach (int index in new[] { 59, 0, 30, 31, 32, 29, 33 })
        {
            Assert.Equal(
                Enumerable.Range(index * 50, 50).Select(n => n % 250),
                await CountedFilm.NumbersAsync([.. desk.Init(desk.Video), .. desk.Segment(desk.Video, index)]));
        }
    }

    [Fact]
    public async Task Matroska_WithoutIndex_StartsAndSeeksReadingLittle()
    {
        byte[] film = await CountedFilm.MakeAsync(
            250, "25", "-c:v libx264 -preset veryfast -g 50 -bf 2 -x264-params filler=1:nal-hrd=cbr:vbv-maxrate=4000:vbv-bufsize=4000 -b:v 4M", "mp4");
        byte[] block = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-i {path} -f lavfi -i sine=r=48000:d=10 -map 0:v -map 1:a -c:v copy -c:a ac3 -b:a 128k -write_crc32 0 -f matroska pipe:1"));
        foreach (long size in new[] { 100_000_000, Large })
        {
            var source = new LongMatroska(block, 10_000, size);
            using var desk = new Desk(source);
            long toFirstChunk = 0;
            desk.Execute(new SegmentOrder(desk.Description, desk.Video, 0), _ => toFirstChunk = toFirstChunk == 0 ? source.BytesRead : toFirstChunk);
            Assert.Equal(source.Repetitions * 250, desk.Grid.FrameCount);
            Assert.InRange(toFirstChunk, 1, MostBytesToFirstChunk);
            foreach (int index in new[] { desk.SegmentCount / 2, desk.SegmentCount - 1, 3, 1 })
            {
                long before = source.BytesRead;
                byte[] picture = desk.Segment(desk.Video, index);
                Assert.NotEmpty(desk.Segment(desk.Sound, index));
                Assert.InRange(source.BytesRead - before, 1, MostBytesToFirstChunk);
                Assert.Equal(
                    Enumerable.Range(index * 50, 50).Select(n => n % 250),
                    await CountedFilm.NumbersAsync([.. desk.Init(desk.Video), .. picture]));
            }
        }
    }

    /// <summary>The end of a file that was cut off is where its index would have been.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-write_crc32 0")]
    [InlineData("-live 1")]
    public async Task Matroska_CutOff_ShowsWhatIsThere(string options)
    {
        byte[] film = await CountedFilm.MakeAsync(
            1500, "25", $"-c:v libx264 -preset veryfast -g 50 -bf 2 {options} -cluster_time_limit 1000 -f matroska", "mkv");
        using var desk = new Desk(film[..(film.Length * 2 / 3)]);
        byte[] last = desk.Segment(desk.Video, desk.SegmentCount - 1);

        Assert.InRange(desk.Grid.FrameCount, 900, 1100);
        Assert.Equal(desk.Grid.FramesIn(desk.SegmentCount - 1), (await CountedFilm.NumbersAsync([.. desk.Init(desk.Video), .. last])).Length);
        foreach (int index in new[] { desk.SegmentCount - 2, 7, 0, 15, 14, 1 })
        {
            Assert.Equal(
                Enumerable.Range(index * 50, 50),
                await CountedFilm.NumbersAsync([.. desk.Init(desk.Video), .. desk.Segment(desk.Video, index)]));
        }
    }
}
