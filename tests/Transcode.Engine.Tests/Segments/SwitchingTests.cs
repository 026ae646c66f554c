using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A player may take any rung for any segment.</summary>
public sealed class SwitchingTests
{
    private const int Segments = 3;

    /// <summary>The other codecs' rungs are also mixed below; by themselves they are in the long form.</summary>
    [Theory]
    [InlineData("360p", "240p")]
    [InlineData("360p-hevc", "240p-hevc", Explicit = true)]
    [InlineData("360p-av1", "240p-av1", Explicit = true)]
    public async Task Segments_OfRandomRungs_DecodeAsOneFilm(params string[] names)
    {
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=640x360:r=15 -t 5.4 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -g 200", "mp4");
        await AssertSwitchesAsync(film, 81, names);
    }

    [Theory]
    [InlineData("-c:v libx264 -preset veryfast -bf 3 -g 30 -sc_threshold 0", "360p", "240p")]
    [InlineData("-c:v libx265 -preset ultrafast -x265-params keyint=30:min-keyint=30:scenecut=0:open-gop=0:log-level=none", "360p-hevc", "240p-hevc")]
    [InlineData("-c:v libsvtav1 -preset 12 -g 30 -svtav1-params lp=1", "360p-av1", "240p-av1")]
    public async Task Segments_OfTheSourceAndOfRungs_DecodeAsOneFilm(string arguments, params string[] names)
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=640x360:r=15 -t 5.4 -vf noise=alls=8:allf=t -pix_fmt yuv420p {arguments} -b:v 4M", "mp4");
        await AssertSwitchesAsync(film, 81, [.. names, "source"]);
    }

    private static async Task AssertSwitchesAsync(byte[] film, int frames, string[] names)
    {
        using var desk = new Desk(film, offer: Offer.All);
        PictureRecipe[] rungs = [.. names.Select(name => (PictureRecipe)desk.Ladder.Video.Single(rung => rung.Name == name).Recipe)];
        byte[][][] pieces = [.. rungs.Select(recipe => desk.Segments(recipe).Select(segment => Desk.Join(desk.Init(recipe), segment)).ToArray())];
        long[][][] times = new long[rungs.Length][][];
        for (int rung = 0; rung < rungs.Length; rung++)
        {
            Assert.Equal(Segments, pieces[rung].Length);
            times[rung] = [.. await Task.WhenAll(pieces[rung].Select(piece => FFmpeg.FrameTimesAsync(piece)))];
        }

        var random = new Random(7);
        int scale = InitSegment.Timescale(rungs[0]);
        int ticks = InitSegment.TicksPerFrame(rungs[0]);
        for (int mix = 0; mix < 6; mix++)
        {
            int[] choice = [.. Enumerable.Range(0, Segments).Select(_ => random.Next(rungs.Length))];

            Assert.Equal(
                Enumerable.Range(0, frames).Select(n => ((long)Grid.MediaClockLeadSeconds * scale) + ((long)n * ticks)),
                choice.SelectMany((rung, index) => times[rung][index]));
            Assert.Equal(frames, await DecodedFramesAsync([.. choice.Select((rung, index) => pieces[rung][index])], names[0].EndsWith("-hevc", StringComparison.Ordinal) && LibAv.Layout.Name != "5.x"));
        }
    }

    /// <summary>Decodes the pieces one after the other in one decoder, each with its own header; any error ends it.</summary>
    private static async Task<int> DecodedFramesAsync(byte[][] pieces, bool inOneStream)
    {
        const string shown = "-vf scale=8:8 -fps_mode passthrough -pix_fmt gray -f rawvideo pipe:1";
        if (inOneStream)
        {
            // The program's list of files does not hand each file's parameter sets to its HEVC decoder, from FFmpeg 7 on: so they go in the stream.
            byte[][] streams = await Task.WhenAll(pieces.Select(piece => FFmpeg.RunAsync("-i pipe:0 -c copy -bsf:v hevc_mp4toannexb -f hevc pipe:1", piece)));
            return (await FFmpeg.RunAsync($"-xerror -f hevc -i pipe:0 {shown}", Desk.Join(streams))).Length / 64;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-test-");
        try
        {
            string list = Path.Combine(folder.FullName, "list");
            for (int i = 0; i < pieces.Length; i++)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{i}.mp4"), pieces[i], TestContext.Current.CancellationToken);
            }

            await File.WriteAllLinesAsync(list, pieces.Select((_, i) => $"file {i}.mp4"), TestContext.Current.CancellationToken);
            byte[] pictures = await FFmpeg.RunAsync($"-xerror -f concat -i {list} {shown}");
            return pictures.Length / 64;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
