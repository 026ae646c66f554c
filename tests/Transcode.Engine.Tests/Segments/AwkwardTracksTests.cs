using Transcode.Engine.Media;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Sources whose tracks are not one picture and one sound.</summary>
public sealed class AwkwardTracksTests
{
    private const string H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
    private const string Red = "-f lavfi -i color=red:s=160x90:r=25:d=3";
    private const string OneRed = "-f lavfi -i color=red:s=160x90:r=25:d=0.04";
    private const string BlueLarger = "-f lavfi -i color=blue:s=320x180:r=25:d=3";
    private const string Sine = "-f lavfi -i sine=r=48000:d=3";

    [Theory]
    [InlineData("libmp3lame -id3v2_version 3", "mp3")]
    [InlineData("flac", "flac")]
    [InlineData("aac", "m4a")]
    public async Task CoverArt_OnMusic_IsItsStillAndNotItsPicture(string codec, string container)
    {
        byte[] song = await FFmpeg.MakeAsync(
            $"{Sine} {OneRed} -map 0:a -map 1:v -c:v mjpeg -disposition:v attached_pic -c:a {codec}", container);
        using var desk = new Desk(song);
        byte[] still = desk.Execute(new StillOrder(desk.Description, 0, 160));

        Assert.Null(desk.Description.Video);
        Assert.Equal((160, 90), (desk.Description.Cover!.Width, desk.Description.Cover.Height));
        Assert.Empty(desk.Ladder.Video);
        Assert.InRange((await FFmpeg.SoundAsync(desk.Whole(desk.Sound)))[0].Length, 143_000, 150_000);
        await AssertColourAsync(still, red: true);
        Assert.Equal(still, desk.Execute(new StillOrder(desk.Description, 50, 160)));
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task CoverArt_BesideAPicture_IsNotShown(string container)
    {
        byte[] film = container == "mp4"
            ? await FFmpeg.MakeAsync($"{BlueLarger} {OneRed} -map 1:v -map 0:v -c:v:0 mjpeg -disposition:v:0 attached_pic -c:v:1 libx264 -pix_fmt yuvj420p", container)
            : await MatroskaWithCoverAsync();
        using var desk = new Desk(film);

        Assert.Equal((320, 180), (desk.Description.Video!.Width, desk.Description.Video.Height));
        Assert.Null(desk.Description.Cover);
        await AssertColourAsync(desk.Execute(new StillOrder(desk.Description, 10, 160)), red: false);
    }

    [Theory]
    [InlineData("default", "0", 320)]
    [InlineData("0", "default", 160)]
    [InlineData("0", "0", 320)]
    public async Task Pictures_Several_AreChosenByDefaultThenSize(string larger, string smaller, int width)
    {
        byte[] film = await FFmpeg.MakeAsync(
            $"{Red} {BlueLarger} -map 0:v -map 1:v {H264} -disposition:v:0 {smaller} -disposition:v:1 {larger} -default_mode passthrough", "mkv");
        using var desk = new Desk(film);

        Assert.Equal(width, desk.Description.Video!.Width);
        await AssertColourAsync(desk.Execute(new StillOrder(desk.Description, 10, 160)), red: width == 160);
    }

    [Fact]
    public async Task Picture_One_StaysForAsLongAsTheSound()
    {
        byte[] film = await FFmpeg.MakeAsync($"{OneRed} {Sine} -map 0:v -map 1:a {H264} -c:a aac", "mp4");
        using var desk = new Desk(film);

        Assert.InRange(desk.Grid.Duration.TotalSeconds, 2.95, 3.05);
        Assert.Equal(desk.Grid.FrameCount, (await FFmpeg.FrameTimesAsync(desk.Whole(desk.Video))).Length);
        await AssertColourAsync(desk.Execute(new StillOrder(desk.Description, desk.Grid.FrameCount - 1, 160)), red: true);
    }

    /// <summary>Its packets are noise: the decoder opens and gives nothing.</summary>
    [Theory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    public async Task Picture_ThatCannotBeDecoded_LeavesTheSoundAndSaysWhy(string container)
    {
        byte[] film = await FFmpeg.MakeAsync(
            $"{Red} {Sine} -map 0:v -map 1:a {H264} -c:a aac -bsf:v noise=amount=1", container);
        using var desk = new Desk(film);

        Assert.Null(desk.Description.Video);
        Assert.Equal("Not one picture could be decoded.", desk.Description.PictureRefusal);
        Assert.InRange((await FFmpeg.SoundAsync(desk.Whole(desk.Sound)))[0].Length, 143_000, 150_000);
    }

    [Fact]
    public async Task Picture_OfUnknownSize_LeavesTheSoundAndSaysWhy()
    {
        using var desk = new Desk(await File.ReadAllBytesAsync(
            SharedMedia.Require("broken/sample_with_sdt.ts"), TestContext.Current.CancellationToken));

        Assert.Null(desk.Description.Video);
        Assert.Contains("0×0", desk.Description.PictureRefusal, StringComparison.Ordinal);
        Assert.NotEmpty(desk.Whole(desk.Sound));
    }

    private static async Task<byte[]> MatroskaWithCoverAsync()
    {
        byte[] cover = await FFmpeg.MakeAsync(OneRed, "jpg");
        return await FFmpeg.WithFileAsync(cover, path => FFmpeg.MakeAsync(
            $"{BlueLarger} {H264} -attach {path} -metadata:s:t mimetype=image/jpeg -metadata:s:t filename=cover.jpg", "mkv"));
    }

    private static async Task AssertColourAsync(byte[] jpeg, bool red)
    {
        byte[] pixel = await FFmpeg.WithFileAsync(jpeg, path => FFmpeg.RunAsync($"-f mjpeg -i {path} -vf scale=1:1 -frames:v 1 -pix_fmt rgb24 -f rawvideo pipe:1"));
        Assert.Equal(red, pixel[0] > 200 && pixel[2] < 50);
        Assert.Equal(!red, pixel[2] > 200 && pixel[0] < 50);
    }
}
