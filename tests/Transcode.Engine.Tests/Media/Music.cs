using System.Collections.Concurrent;

namespace Transcode.Engine.Tests.Media;

/// <summary>Sounds made from arithmetic: the same samples on every machine, at any rate and channel count.</summary>
internal static class Music
{
    private static readonly ConcurrentDictionary<(int Rate, int Channels, double Seconds), Lazy<float[][]>> Pieces = new();

    private static readonly double[] Chords = [220, 277.18, 329.63, 196, 246.94, 293.66, 174.61, 220, 261.63];

    /// <summary>A tone of 997 Hz, a little apart in the two first channels.</summary>
    public static float[][] Tone(int rate, int channels, double seconds) =>
        Made(rate, channels, seconds, (time, channel) => (0.4 - (0.1 * channel)) * Math.Sin(2 * Math.PI * 997 * time));

    /// <summary>Sustained chords that change, plucked notes three a second, and a short burst of noise a second, in each channel at
    /// another time. Made once for all who want it: nobody may write into it.</summary>
    public static float[][] Piece(int rate, int channels, double seconds) =>
        Pieces.GetOrAdd((rate, channels, seconds), static key => new(() => Played(key.Rate, key.Channels, key.Seconds))).Value;

    /// <summary>A WAV file of 32-bit float samples (RIFF, format tag 3).</summary>
    public static byte[] Wave(float[][] sound, int rate)
    {
        int bytes = sound.Length * sound[0].Length * sizeof(float);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)sound.Length);
        writer.Write(rate);
        writer.Write(rate * sound.Length * sizeof(float));
        writer.Write((short)(sound.Length * sizeof(float)));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(bytes);
        for (int i = 0; i < sound[0].Length; i++)
        {
            foreach (float[] channel in sound)
            {
                writer.Write(channel[i]);
            }
        }

        return file.ToArray();
    }

    private static float[][] Played(int rate, int channels, double seconds)
    {
        var random = new Random(20);
        double[] hiss = [.. Enumerable.Range(0, 8192).Select(_ => (random.NextDouble() * 2) - 1)];
        double[] tune = [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => Tune(i / (double)rate))];
        return [.. Enumerable.Range(0, channels).Select(channel => tune.Select((sample, i) =>
        {
            double sinceBurst = ((i / (double)rate) + 0.41 + (0.2 * channel)) % 1;
            double burst = Math.Exp(-sinceBurst * 60) * hiss[(int)(sinceBurst * rate) % hiss.Length];
            return (float)(sample + (0.15 * burst));
        }).ToArray())];
    }

    private static double Tune(double time)
    {
        int bar = (int)(time / 1.7) % 3;
        double chord = 0;
        for (int note = 0; note < 3; note++)
        {
            double pitch = Chords[(bar * 3) + note];
            chord += Math.Sin(2 * Math.PI * pitch * time) + (0.3 * Math.Sin(6 * Math.PI * pitch * time));
        }

        double sinceNote = time % 0.33;
        double plucked = Math.Exp(-sinceNote * 12)
            * Math.Sin(2 * Math.PI * 440 * Math.Pow(2, (int)(time / 0.33) * 5 % 12 / 12.0) * sinceNote);
        return (0.07 * chord) + (0.2 * plucked);
    }

    private static float[][] Made(int rate, int channels, double seconds, Func<double, int, double> sample) =>
        [.. Enumerable.Range(0, channels).Select(channel =>
            Enumerable.Range(0, (int)(seconds * rate)).Select(i => (float)sample(i / (double)rate, channel)).ToArray())];
}
