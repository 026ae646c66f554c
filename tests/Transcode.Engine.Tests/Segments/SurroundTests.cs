using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Sound of more channels than two: who speaks from where, and how loud.</summary>
public sealed class SurroundTests
{
    private const int Rate = 48_000;
    private const float Level = 0.25f;

    /// <summary>A tone a channel: those of a third of an octave and more apart are told from each other by their frequency.
    /// The low-frequency channel is that of bass alone.</summary>
    private static readonly int[] Tones = [400, 620, 950, 60, 1500, 2300, 3500, 5300];

    /// <summary>FL FR FC LFE BL BR, and the side channels SL SR after them, in the order of WAVE.</summary>
    [Theory]
    [InlineData(6, "5.1")]
    [InlineData(6, "5.1(side)")]
    [InlineData(8, "7.1")]
    public async Task Surround_EachChannel_IsHeardFromItsPlace(int channels, string layout)
    {
        using var desk = new Desk(await TonesAsync(channels, layout));
        AudioRecipe recipe = Surround(desk);
        byte[] whole = desk.Whole(recipe);
        float[][] heard = await FFmpeg.SoundAsync(whole, channels: 6);

        for (int channel = 0; channel < 6; channel++)
        {
            for (int tone = 0; tone < channels; tone++)
            {
                // The surrounds of 7.1 are joined at -3 dB; all else is as it was.
                bool here = channel == tone || (tone > 5 && channel == tone - 2);
                double expected = !here ? 0 : tone > 5 ? Level * Math.Sqrt(0.5) : Level;
                Assert.InRange(Amplitude(heard[channel], Tones[tone]), expected - 0.01, expected + 0.01);
            }
        }
    }

    [Fact]
    public async Task Surround_Init_SaysSixChannelsInTheirOrder()
    {
        using var desk = new Desk(await TonesAsync(6, "5.1"));
        AudioRecipe recipe = Surround(desk);
        string[][] stream = await FFmpeg.ProbeAsync(
            "-show_entries stream=codec_name,profile,sample_rate,channels,channel_layout", desk.Whole(recipe));
        byte[] init = desk.Init(recipe);

        Assert.Equal(["aac", "LC", "48000", "6", "5.1"], Assert.Single(stream));
        // AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): object type 2, sampling index 3, channel configuration 6.
        Assert.Contains("11B0", Convert.ToHexString(init), StringComparison.Ordinal);
    }

    /// <summary>ITU-R BS.775: centre and surrounds at -3 dB, no low-frequency channel; nothing is scaled down.</summary>
    [Fact]
    public async Task Stereo_Of51_IsAsLoudAsItWas()
    {
        using var desk = new Desk(await TonesAsync(6, "5.1"));
        float[][] heard = await FFmpeg.SoundAsync(desk.Whole(desk.Sound));
        double minus3 = Level * Math.Sqrt(0.5);
        double[] left = [Level, 0, minus3, 0, minus3, 0];
        double[] right = [0, Level, minus3, 0, 0, minus3];

        for (int tone = 0; tone < 6; tone++)
        {
            Assert.InRange(Amplitude(heard[0], Tones[tone]), left[tone] - 0.01, left[tone] + 0.01);
            Assert.InRange(Amplitude(heard[1], Tones[tone]), right[tone] - 0.01, right[tone] + 0.01);
        }
    }

    /// <summary>Opus of channel mapping family 2 (RFC 8486): a sound field of the first order.</summary>
    [Fact]
    public async Task Stereo_OfAmbisonics_IsTheOmnidirectionalComponent()
    {
        string clip = SharedMedia.Require("audio/opus-mapping2.mp4");
        byte[] source = await File.ReadAllBytesAsync(clip, TestContext.Current.CancellationToken);
        using var desk = new Desk(source);
        float[][] heard = await FFmpeg.SoundAsync(desk.Whole(desk.Sound));
        float[][] truth = await FFmpeg.SoundAsync(source, "pan=mono|c0=c0,aresample=48000:async=1:first_pts=0");
        int count = Math.Min(truth[0].Length, heard[0].Length) - Rate;

        Assert.Single(desk.Ladder.Audio);
        Assert.InRange(SoundQuality.SignalToNoise(truth, heard, Rate / 2, count)!.Value, 20, double.PositiveInfinity);
    }

    /// <summary>Nearly full-scale noise, another in each channel, all the time or in bursts.</summary>
    [Theory]
    [InlineData(9.0)]
    [InlineData(1.9)]
    [InlineData(0.7)]
    public void Surround_OfNoise_StaysWithinThePromise(double burstSeconds)
    {
        var random = new Random(7);
        float[][] noise = [.. Enumerable.Range(0, 6).Select(_ =>
            Enumerable.Range(0, 9 * Rate)
                .Select(i => (int)(i / (burstSeconds * Rate)) % 2 == 1 ? 0 : (float)((random.NextDouble() * 1.8) - 0.9)).ToArray())];
        using var desk = new Desk(Music.Wave(noise, Rate));
        Rendition surround = desk.Ladder.Audio[^1];
        byte[][] segments = desk.Segments(surround.Recipe);
        double[] rates = [.. segments.Select((segment, index) => segment.Length * 8.0 * Rate / 1024
            / (desk.Grid.FirstAudioFrame(index + 1, Rate, 1024) - desk.Grid.FirstAudioFrame(index, Rate, 1024)))];

        TestContext.Current.SendDiagnosticMessage($"{rates.Max() / surround.PeakBitsPerSecond:P0} of the promise");
        Assert.Equal("surround", surround.Name);
        Assert.All(rates[..^1], rate => Assert.InRange(rate, 0, surround.PeakBitsPerSecond));
    }

    private static AudioRecipe Surround(Desk desk) =>
        desk.Ladder.Audio.Select(sound => (AudioRecipe)sound.Recipe).Single(sound => sound.Channels == 6);

    private static Task<byte[]> TonesAsync(int channels, string layout)
    {
        float[][] tones = [.. Enumerable.Range(0, channels).Select(channel =>
            Enumerable.Range(0, 5 * Rate).Select(i => (float)(Level * Math.Sin(2 * Math.PI * Tones[channel] * i / Rate))).ToArray())];
        return FFmpeg.MakeAsync($"-i pipe:0 -af channelmap=channel_layout={layout}:map={string.Join('|', Enumerable.Range(0, channels))} -c:a pcm_f32le", "wav", Music.Wave(tones, Rate));
    }

    /// <summary>Of one tone in the third second, whole periods of all of them.</summary>
    private static double Amplitude(float[] sound, int hertz)
    {
        double sine = 0;
        double cosine = 0;
        for (int i = 2 * Rate; i < 3 * Rate; i++)
        {
            sine += sound[i] * Math.Sin(2 * Math.PI * hertz * i / Rate);
            cosine += sound[i] * Math.Cos(2 * Math.PI * hertz * i / Rate);
        }

        return Math.Sqrt((sine * sine) + (cosine * cosine)) * 2 / Rate;
    }
}
