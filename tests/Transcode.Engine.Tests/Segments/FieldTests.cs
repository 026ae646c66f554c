using System.Security.Cryptography;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Tuning;
using Transcode.Engine.Tests.Tuning.Deinterlacing;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Interlaced sources are shown at twice their rate, a picture a field, the same picture however it is reached.</summary>
public sealed class FieldTests
{
    private const int Width = 192;
    private const int Height = 128;
    private const string X264 = "-c:v libx264 -preset veryfast -flags +ilme+ildct";

    private static string Fields(string rate, string scan = "tff") =>
        $"-f lavfi -i testsrc2=s={Width}x{Height}:r={rate}:d=5.2,interlace=scan={scan}:lowpass=off -pix_fmt yuv420p";

    [Theory]
    [InlineData("50", "50/1", 260, X264 + " -x264-params tff=1 -g 40 -bf 3", "ts")]
    [InlineData("50", "50/1", 260, X264 + " -x264-params tff=1 -g 40 -bf 3", "mp4", Explicit = true)]
    [InlineData("50", "50/1", 260, X264 + " -x264-params tff=1:open-gop=1 -g 40 -bf 3", "mkv")]
    [InlineData("60000/1001", "60000/1001", 312, X264 + " -x264-params tff=1 -g 30", "ts", Explicit = true)]
    [InlineData("50", "50/1", 260, "-c:v mpeg2video -q:v 2 -flags +ilme+ildct -g 12 -bf 2", "ts")]
    [InlineData("60000/1001", "60000/1001", 312, "-c:v mpeg2video -q:v 2 -flags +ilme+ildct -g 15 -bf 2 -f vob", "mpg")]
    [InlineData("50", "50/1", 260, "-vf scale=interl=1:w=720:h=576 -c:v dvvideo", "avi")]
    [InlineData("50", "50/1", 260, "-c:v prores_ks -profile:v 0 -pix_fmt yuv422p10le -flags +ildct", "mov")]
    [InlineData("60000/1001", "60000/1001", 312, "-vf scale=interl=1:w=720:h=480 -pix_fmt yuv411p -c:v dvvideo", "avi", Explicit = true)]
    [InlineData("50", "50/1", 260, "-vf setfield=bff -pix_fmt yuv420p10le -c:v ffv1 -level 3", "mkv")]
    [InlineData("50", "50/1", 260, "-vf setfield=tff -pix_fmt yuv422p12le -c:v ffv1 -level 3", "mkv", Explicit = true)]
    [InlineData("50", "50/1", 260, "-vf setfield=tff -pix_fmt yuv422p16le -c:v ffv1 -level 3", "mkv")]
    public async Task Pictures_OfFields_AreThoseOfTheWholeFilesDeinterlacing(string fields, string rate, int count, string codec, string container)
    {
        byte[] film = await FFmpeg.MakeAsync($"{Fields(fields, container == "avi" ? "bff" : "tff")} {codec}", container);
        using var desk = new Desk(film);

        Assert.True(desk.Description.Video!.Interlaced);
        Assert.Equal(rate, desk.Grid.FrameRate.ToString());
        Assert.Equal(count, desk.Grid.FrameCount);
        Assert.Equal(VideoTrack.FieldWeaver, desk.Video.Deinterlacer);
        string[] whole = await WitnessAsync(film);
        Assert.Equal(count, whole.Length);
        foreach (int first in new[] { 0, 100, 77, 200, 40, 81, count - 1, 160 })
        {
            AssertAreAt(desk.Description, film, first, whole.AsSpan(first, Math.Min(7, count - first)));
        }
    }

    /// <summary>All planes, of odd sizes, either field first, from the first field to the last, which have no neighbours.</summary>
    [Theory]
    [InlineData("yuv420p", "tff", 37, 25)]
    [InlineData("yuv420p", "bff", 33, 22)]
    [InlineData("yuv420p10le", "tff", 33, 31)]
    [InlineData("yuv420p10le", "bff", 129, 66)]
    [InlineData("yuv444p10le", "bff", 17, 33)]
    public async Task Pictures_OfFieldsOfAnySizeAndDepth_AreTheFiltersBytes(string format, string parity, int width, int height)
    {
        byte[] film = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s=160x120:r=25:d=0.6 -vf noise=alls=20:allf=t:all_seed=5,scale={width}:{height},setfield={parity} -pix_fmt {format} -c:v ffv1 -level 3", "mkv");
        using var desk = new Desk(film);
        byte[] expected = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-i {path} -vf bwdif=mode=send_field:deint=interlaced -fps_mode passthrough -pix_fmt {format} -f rawvideo pipe:1"));
        using var source = SourceReader.Open(new FileReader(film));
        using var reader = new PictureReader(source, desk.Description, 0, VideoTrack.FieldWeaver);
        byte[] made = [.. Enumerable.Range(0, 30).SelectMany(number => RawPicture.Bytes(reader.PictureAt(number), format))];

        Assert.Equal(30, desk.Grid.FrameCount);
        Assert.Equal(Bwdif.Comparable(expected, 30, format, width, height), Bwdif.Comparable(made, 30, format, width, height));
    }

    [Fact]
    public async Task Deinterlacer_OfAnUnknownName_IsRefused()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Fields("50")} -c:v mpeg2video -q:v 2 -flags +ilme+ildct", "ts");
        using var desk = new Desk(film);
        using var source = SourceReader.Open(new FileReader(film));

        Assert.Throws<NotSupportedException>(() => new PictureReader(source, desk.Description, 0, "bwdif-0"));
    }

    /// <summary>Interlaced first, then not, as a broadcast is. Its timestamps go on: the first part begins a picture late.</summary>
    [Fact]
    public async Task Pictures_WholeOnesAmongFields_PassUnchanged()
    {
        byte[] fields = await FFmpeg.MakeAsync($"{Fields("50")} -c:v mpeg2video -q:v 2 -flags +ilme+ildct -g 12 -bf 2", "ts");
        byte[] progressive = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25:d=4 -pix_fmt yuv420p -c:v mpeg2video -q:v 2 -g 12 -bf 2 -output_ts_offset 5.24", "ts");
        byte[] film = [.. fields, .. progressive];
        using var desk = new Desk(film);
        string[] whole = await WitnessAsync(film);

        Assert.Equal("50/1", desk.Grid.FrameRate.ToString());
        Assert.Equal(260 + 200, desk.Grid.FrameCount);
        Assert.Equal(260 + 100, whole.Length);
        foreach (int first in new[] { 0, 250, 300, 411 })
        {
            AssertAreAt(desk.Description, film, first, Enumerable.Range(first, 20).Select(n => n < 260 ? whole[n] : whole[260 + ((n - 260) / 2)]).ToArray());
        }
    }

    [Fact]
    public async Task Segments_OfFields_AreTheSameBytesInAnyOrder()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Fields("50")} {X264} -x264-params tff=1 -g 40 -bf 3", "ts");
        using var desk = new Desk(film);
        string[] forward = [.. desk.Segments(desk.Video).Select(Hash)];
        for (int index = desk.SegmentCount - 1; index >= 0; index--)
        {
            using var alone = new Desk(film);
            Assert.Equal(forward[index], Hash(desk.Segment(desk.Video, index)));
            Assert.Equal(forward[index], Hash(alone.Segment(alone.Video, index)));
        }

        Assert.Equal(260, (await FFmpeg.FrameTimesAsync(desk.Whole(desk.Video))).Length);
        Assert.NotEqual(desk.Video.Id, (desk.Video with { Deinterlacer = null }).Id);
        Assert.NotEqual(forward[1], Hash(desk.Segment(desk.Video with { Deinterlacer = null }, 1)));
    }

    [Theory]
    [InlineData(25, 1, "50/1")]
    [InlineData(30000, 1001, "60000/1001")]
    [InlineData(50, 1, "50/1")]
    [InlineData(60000, 1001, "60000/1001")]
    public void FieldRate_OfPicturesOrFields_IsThatOfFields(int numerator, int denominator, string expected) =>
        Assert.Equal(expected, FrameRates.ForFields(new Rational(numerator, denominator), null).ToString());

    private static void AssertAreAt(SourceDescription description, byte[] film, int first, ReadOnlySpan<string> expected)
    {
        using var source = SourceReader.Open(new FileReader(film));
        using var reader = new PictureReader(source, description, first, VideoTrack.FieldWeaver);
        for (int i = 0; i < expected.Length; i++)
        {
            AvFrame picture = reader.PictureAt(first + i);
            bool isOuter = first + i == 0 || first + i == description.Grid.FrameCount - 1;
            Assert.True(
                expected[i] == Hash(ShownPictures.Luma(picture), picture.Width, PixelFormats.BitDepth(picture.Format), isOuter),
                $"Frame {first + i}, reached from {first}, is another.");
        }
    }

    /// <summary>The brightness of each picture as ffmpeg decodes and deinterlaces the whole file, one hash a picture.</summary>
    private static async Task<string[]> WitnessAsync(byte[] film)
    {
        // A transport stream is listed once more under its programme.
        string[] size = (await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries stream=width,height,pix_fmt", film))[0];
        byte[] raw = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-i {path} -map 0:v:0 -vf bwdif=mode=send_field:deint=interlaced,extractplanes=y -fps_mode passthrough -f rawvideo pipe:1"));
        int width = int.Parse(size[0]), bits = size[2].EndsWith("le", StringComparison.Ordinal) ? 16 : 8;
        int picture = width * int.Parse(size[1]) * bits / 8;
        int count = raw.Length / picture;
        return [.. Enumerable.Range(0, count).Select(i => Hash(raw.AsSpan(i * picture, picture), width, bits, isOuter: i == 0 || i == count - 1))];
    }

    /// <summary>Of the rows of a plane for which the filter is a witness.</summary>
    private static string Hash(ReadOnlySpan<byte> plane, int width, int bits, bool isOuter)
    {
        int edge = Bwdif.EdgeRows(bits, isOuter) * width * (bits > 8 ? 2 : 1);
        return Hash(plane[edge..^edge]);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Hash(byte[] bytes) => Hash(bytes.AsSpan());
}
