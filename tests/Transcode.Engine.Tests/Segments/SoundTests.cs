using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>The sound lies where it lay in the source, and nothing is heard where segments meet.</summary>
public sealed class SoundTests
{
    private const int Rate = 48_000;
    private const int Frame = 1024;
    private const double Seconds = 24;
    private const string Picture = "-f lavfi -i color=black:s=64x36:r=25:d=24";

    /// <summary>Each container once, and each codec but those whose 5.1 is looked at below; all else is in the long form.</summary>
    [Theory]
    [InlineData(48_000, 2, "wav", "-c:a pcm_f32le", Explicit = true)]
    [InlineData(44_100, 2, "wav", "-c:a pcm_s16le", Explicit = true)]
    [InlineData(48_000, 1, "flac", "")]
    [InlineData(44_100, 6, "wav", "-c:a pcm_s24le")]
    [InlineData(48_000, 6, "mkv", "-c:a flac", Explicit = true)]
    [InlineData(44_100, 2, "mkv", "-c:a pcm_s16le", Explicit = true)]
    [InlineData(48_000, 2, "ogg", "-c:a libvorbis -q:a 8")]
    [InlineData(48_000, 2, "mkv", "-c:a libopus -b:a 256k")]
    [InlineData(44_100, 2, "mp3", "-c:a libmp3lame -b:a 320k")]
    [InlineData(48_000, 2, "mkv", "-c:a libmp3lame -b:a 320k", Explicit = true)]
    [InlineData(48_000, 2, "ts", "-c:a ac3 -b:a 448k", Explicit = true)]
    [InlineData(48_000, 2, "ts", "-c:a mp2 -b:a 384k")]
    [InlineData(44_100, 2, "ts", "-c:a aac -b:a 256k -aac_pns 0")]
    [InlineData(44_100, 2, "mp4", "-c:a aac -b:a 256k -aac_pns 0")]
    [InlineData(48_000, 2, "mkv", "-c:a aac -b:a 256k -aac_pns 0", Explicit = true)]
    public async Task Sound_AnyCodecAndContainer_LiesWhereItLayAndHasNoSeam(int rate, int channels, string container, string codec)
    {
        byte[] source = await SourceAsync(Music.Piece(rate, channels, Seconds), rate, container, codec, withPicture: container is "ts" or "mkv" or "mp4");
        // Layer II at 48 kHz leaves its own noise about, which the encoder then codes now so, now so: a few dB either way.
        await AssertSeamlessAsync(source, tolerance: codec.Contains("mp2", StringComparison.Ordinal) ? 3 : 1, coarse: container == "mkv" ? 24 : 0);
    }

    [Fact]
    public async Task Sound_Tone_HasNoSeam() =>
        await AssertSeamlessAsync(Music.Wave(Music.Tone(Rate, 2, Seconds), Rate), tolerance: 1);

    /// <summary>5.1, each channel with its own music.</summary>
    [Theory]
    [InlineData(48_000, 6, "mkv", "-c:a flac")]
    [InlineData(44_100, 8, "wav", "-c:a pcm_s24le")]
    [InlineData(48_000, 6, "ts", "-c:a ac3 -b:a 640k")]
    public async Task Sound_Surround_LiesWhereItLayAndHasNoSeam(int rate, int channels, string container, string codec)
    {
        byte[] source = await SourceAsync(Music.Piece(rate, channels, Seconds), rate, container, codec, withPicture: container != "wav");
        await AssertSeamlessAsync(source, tolerance: 1, coarse: container == "mkv" ? 24 : 0, channels: 6);
    }

    /// <summary>Decoded beforehand: libav's AAC decoder fills some bands with its own noise, which depends on where it began.</summary>
    [Fact]
    public async Task Sound_NaturalMusic_HasNoSeam()
    {
        string clip = SharedMedia.Require("natural/bbb_1080p24_h264_aac5.1_30s.ts");
        await AssertSeamlessAsync(await FFmpeg.MakeAsync($"-i {clip} -map 0:a:0 -c:a pcm_f32le", "wav"), tolerance: 1);
    }

    /// <summary>Matroska rounds to milliseconds, and Vorbis has no raster of frames to undo that: a segment may lie off by half
    /// of one.</summary>
    [Fact]
    public async Task Sound_VorbisInMatroska_LiesWithinHalfAMillisecond()
    {
        byte[] source = await SourceAsync(Music.Piece(Rate, 2, Seconds), Rate, "mkv", "-c:a libvorbis -q:a 8", withPicture: true);
        using var desk = new Desk(source);
        float[][] truth = await FFmpeg.SoundAsync(source);
        float[][] heard = await FFmpeg.SoundAsync(desk.Whole(desk.Sound));

        Assert.All(
            Enumerable.Range(0, desk.SegmentCount - 1),
            index => Assert.InRange(SoundQuality.Delay(truth[0], heard[0], (2 * Rate * index) + 8000, 80_000, reach: 100), -24, 24));
    }

    [Fact]
    public async Task Sound_LaterThanPicture_IsSilentUntilThen()
    {
        byte[] sound = await SourceAsync(Music.Tone(Rate, 2, 3), Rate, "wav", "", withPicture: false);
        byte[] source = await FFmpeg.WithFileAsync(sound, path => FFmpeg.MakeAsync(
            $"-f lavfi -i color=black:s=64x36:r=25:d=6 -itsoffset 2.5 -i {path} -c:v libx264 -c:a pcm_s16le", "mov"));
        using var desk = new Desk(source);
        float[][] heard = await FFmpeg.SoundAsync(desk.Whole(desk.Sound));

        int begin = (int)(2.5 * Rate);
        Assert.Equal(0, SoundQuality.Loudest(heard, 0, begin - Frame));
        Assert.InRange(SoundQuality.Loudest(heard, begin, 64), 0.1, 0.5);
        Assert.Equal(0, SoundQuality.Loudest(heard, begin + (3 * Rate) + Frame, Rate / 5));
        Assert.Equal(((6 * Rate) + Frame - 1) / Frame * Frame, heard[0].Length);
    }

    private static Task<byte[]> SourceAsync(float[][] sound, int rate, string container, string codec, bool withPicture) => FFmpeg.MakeAsync(
        withPicture ? $"-i pipe:0 {Picture} -map 1:v -map 0:a -c:v libx264 -preset ultrafast -g 50 {codec}" : $"-i pipe:0 {codec}",
        container,
        Music.Wave(sound, rate));

    /// <summary>Compares the sound around each boundary with one continuous encoding of the same sound by the same encoder,
    /// as some places are harder than others, and so inside the segments.</summary>
    /// <param name="source">Its sound lasts 20 seconds or more.</param>
    /// <param name="tolerance">In dB.</param>
    /// <param name="coarse">Samples by which ffmpeg may place the whole sound otherwise: it takes the first block's rounded
    /// timestamp at its word.</param>
    /// <param name="channels">2, or 6 for 5.1.</param>
    private static async Task AssertSeamlessAsync(byte[] source, double tolerance, int coarse = 0, int channels = 2)
    {
        using var desk = new Desk(source);
        AudioRecipe recipe = desk.Ladder.Audio.Select(sound => (AudioRecipe)sound.Recipe).First(sound => sound.Channels == channels);
        byte[] whole = desk.Whole(recipe);
        float[][] truth = await FFmpeg.SoundAsync(source, channels: channels);
        float[][] heard = await FFmpeg.SoundAsync(whole, channels: channels);
        float[][] continuous = await FFmpeg.SoundAsync(await FFmpeg.WithFileAsync(source, path => FFmpeg.MakeAsync(
            $"-i {path} -map 0:a:0 -af aresample={Rate}:async=1:first_pts=0 -ac {channels} -c:a aac -aac_coder fast -aac_is 0 -b:a {recipe.BitRate}", "mp4")), channels: channels);

        long[] times = await FFmpeg.FrameTimesAsync(whole, 'a');
        Assert.Equal(Enumerable.Range(0, times.Length).Select(n => ((long)Grid.MediaClockLeadSeconds * Rate) + (n * Frame)), times);
        int delay = SoundQuality.Delay(truth[0], heard[0], 5 * Rate, 2 * Rate, reach: 40);
        Assert.InRange(delay, -coarse, coarse);
        heard = [.. heard.Select(channel => delay < 0 ? [.. new float[-delay], .. channel] : channel[delay..])];
        int end = new[] { truth, heard, continuous }.Min(sound => sound[0].Length) - (2 * Frame);
        int[] boundaries = [.. Enumerable.Range(1, desk.SegmentCount - 1).Select(i => (int)desk.Grid.FirstAudioFrame(i, Rate, Frame) * Frame).Where(at => at < end)];
        int[] inside = [.. Enumerable.Range(4, (end / Frame) - 4).Select(i => i * Frame).Where(at => boundaries.All(b => Math.Abs(b - at) > 6 * Frame))];
        double atBoundaries = boundaries.Select(Loss).OfType<double>().Average();
        double elsewhere = inside.Select(Loss).OfType<double>().Average();
        TestContext.Current.SendDiagnosticMessage(
            $"lost against one encoding: {atBoundaries:F2} dB at {boundaries.Length} boundaries, {elsewhere:F2} dB inside; signal to noise "
            + $"{boundaries.Average(at => SoundQuality.SignalToNoise(truth, heard, at - Frame, 2 * Frame)):F2} and {inside.Average(at => SoundQuality.SignalToNoise(truth, heard, at - Frame, 2 * Frame)):F2} dB");
        Assert.True(boundaries.Length >= 10);
        Assert.InRange(atBoundaries - elsewhere, double.NegativeInfinity, tolerance);
        Assert.InRange(elsewhere, double.NegativeInfinity, tolerance);

        double? Loss(int at) =>
            SoundQuality.SignalToNoise(truth, continuous, at - Frame, 2 * Frame) - SoundQuality.SignalToNoise(truth, heard, at - Frame, 2 * Frame);
    }
}
