using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Copying;

/// <summary>What is not offered as it is, and why.</summary>
public sealed class CopyRefusalTests
{
    private const string H264 = "-c:v libx264 -preset veryfast -sc_threshold 0";
    private const string Table = "no table";
    private const string Keyframes = "do not lie evenly";

    [Theory]
    [InlineData("MPEG-4 part 2", "-c:v mpeg4 -g 50", "mp4", "codec")]
    [InlineData("4:4:4", H264 + " -g 50 -pix_fmt yuv444p", "mp4", "codec")]
    [InlineData("ten bits in H.264", H264 + " -g 50 -pix_fmt yuv420p10le", "mp4", "codec")]
    [InlineData("fields", H264 + " -g 50 -x264-params tff=1", "mp4", "fields")]
    [InlineData("a transport stream", H264 + " -g 50", "ts", Table)]
    [InlineData("Matroska", H264 + " -g 50", "mkv", Table)]
    [InlineData("fragments", H264 + " -g 50 -movflags +frag_keyframe+empty_moov", "mp4", Table)]
    [InlineData("fragments after a first part", H264 + " -g 50 -movflags +frag_keyframe", "mp4", Table)]
    [InlineData("open GOPs", H264 + " -g 50 -bf 3 -x264-params open-gop=1", "mp4", Keyframes)]
    [InlineData("HEVC with leading pictures", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:open-gop=1:bframes=3:log-level=none", "mp4", Keyframes)]
    [InlineData("keyframes ten seconds apart", H264 + " -g 250", "mp4", Keyframes)]
    [InlineData("keyframes at odd places", H264 + " -g 250 -force_key_frames 0,1.2,2.6,3.6,4.4,6", "mp4", Keyframes)]
    [InlineData("sound that goes on", H264 + " -g 50 -map 0:v -map 1:a -c:a aac", "mp4", Keyframes)]
    [InlineData("more pictures than are shown", H264 + " -g 50 -vf fps=120", "mp4", "more often")]
    public async Task Source_ThatCannotBeCut_IsNotOffered(string what, string arguments, string container, string why)
    {
        string sound = arguments.Contains("1:a", StringComparison.Ordinal) ? "-f lavfi -t 10 -i sine=r=48000" : "";
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -t 7 -i testsrc2=s=256x144:r=25 {sound} -pix_fmt yuv420p {arguments}", container);
        using var desk = new Desk(film);

        Assert.True(desk.Description.Copy is null, what);
        Assert.Contains(why, desk.Description.CopyRefusal, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Ladder.Video, rung => rung.Name == "source");
    }

    [Fact]
    public async Task Source_ThatIsTurned_IsNotOffered()
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=256x144:r=25 -t 4 -pix_fmt yuv420p {H264} -g 50", "mp4");
        byte[] turned = [.. film];
        PictureShapeTests.Turn(turned, 90);

        // The first number of the matrix, 16.16, in the track's header (ISO/IEC 14496-12, 8.3.2).
        byte[] mirrored = [.. film];
        mirrored.AsSpan(film.AsSpan().IndexOf("tkhd"u8) + 4 + 40, 2).Fill(0xFF);
        foreach (byte[] file in new[] { turned, mirrored })
        {
            using var desk = new Desk(file);
            Assert.Contains("turned", desk.Description.CopyRefusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Source_WhosePicturesAreEditedOut_IsNotOffered()
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=256x144:r=25 -t 8 -pix_fmt yuv420p {H264} -g 50 -bf 0", "mp4");
        byte[] begun = await FFmpeg.WithFileAsync(film, path => FFmpeg.MakeAsync($"-ss 2.4 -i {path} -c copy", "mp4"));
        using var desk = new Desk(begun);

        Assert.Contains("edit list", desk.Description.CopyRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_WhoseKeyframesAreNone_IsNotOffered()
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=256x144:r=25 -t 8 -pix_fmt yuv420p {H264} -g 50", "mp4");
        using var desk = new Desk(await DamagedFilm.WithoutIdrAsync(film, which: 2));

        Assert.Contains("not all what", desk.Description.CopyRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_OfTooManyBits_IsNotOffered()
    {
        byte[] film = await FFmpeg.MakeAsync(
            "-f rawvideo -s 1280x720 -pix_fmt yuv420p -r 25 -t 2 -i /dev/urandom -c:v libx264 -preset ultrafast -qp 1 -g 50", "mp4");
        using var desk = new Desk(film);

        Assert.Contains("100 Mb/s", desk.Description.CopyRefusal, StringComparison.Ordinal);
    }

    /// <summary>Its size changes midway, told by parameter sets in the stream.</summary>
    [Fact]
    public void Source_OfTwoSizes_IsNotOffered()
    {
        using var desk = new Desk(File.ReadAllBytes(SharedMedia.Require("containers/400x300-red-resize-200x150-green.mp4")));

        Assert.NotNull(desk.Description.CopyRefusal);
    }

    [Fact]
    public async Task Source_WhoseParameterSetsChange_IsNotOffered()
    {
        const string headers = " -g 50 -x264-params repeat-headers=1";
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=256x144:r=25 -t 8 -pix_fmt yuv420p {H264}{headers}", "mp4");

        // The last keyframe's own sequence parameter set says another level.
        byte[] changed = [.. film];
        changed[film.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x67, 0x64, 0x00]) + 3]++;
        using var same = new Desk(film);
        using var other = new Desk(changed);

        Assert.Null(same.Description.CopyRefusal);
        Assert.Contains("not all what", other.Description.CopyRefusal, StringComparison.Ordinal);
    }

    /// <summary>Its sample entry tells that it wants more than its codec's decoder.</summary>
    [Fact]
    public async Task Source_UnderAnotherSampleEntry_IsNotOffered()
    {
        byte[] film = await FFmpeg.MakeAsync(
            "-f lavfi -i testsrc2=s=256x144:r=25 -t 2 -pix_fmt yuv420p -c:v libx265 -preset ultrafast -x265-params keyint=50:log-level=none -tag:v hvc1", "mp4");
        "dvh1"u8.CopyTo(film.AsSpan(film.AsSpan().IndexOf("hvc1\0\0\0\0\0\0"u8)));
        using var desk = new Desk(film);

        Assert.Contains("described in a way", desk.Description.CopyRefusal, StringComparison.Ordinal);
    }
}
