namespace Transcode.Engine.Tests.Media;

/// <summary>Sounds made from arithmetic: the same samples on every machine, at any rate and channel count.</summary>
internal static class Music
{
    private static readonly double[] Chords = [220, 277.18, 329.63, 196, 246.94, 293.66, 174.61, 220, 261.63];

    /// <summary>A tone of 997 Hz, a little apart in the two first channels.</summary>
    public static float[][] Tone(int rate, int channels, double seconds) =>
        Made(rate, channels, seconds, (time, channel) => (0.4 - (0.1 * channel)) * Math.Sin(2 * Math.PI * 997 * time));

    /// <summary>Sustained chords that change, plucked notes three a second, and a short burst of noise a second.</summary>
    public static float[][] Piece(int rate, int channels, double seconds)
    {
        var random = new Random(20);
        double[] hiss = [.. Enumerable.Range(0, 8192).Select(_ => (random.NextDouble() * 2) - 1)];
        return Made(rate, channels, seconds, (time, channel) =>
        {
            int bar = (int)(time / 1.7) % 3;
            double chord = Enumerable.Range(0, 3).Sum(note =>
                Math.Sin(2 * Math.PI * Chords[(bar * 3) + note] * time) + (0.3 * Math.Sin(6 * Math.PI * Chords[(bar * 3) + note] * time)));
            double sinceNote = time % 0.33;
            double pitch = 440 * Math.Pow(2, (int)(time / 0.33) * 5 % 12 / 12.0);
            double plucked = Math.Exp(-sinceNote * 12) * Math.Sin(2 * Math.PI * pitch * sinceNote);
            double sinceBurst = (time + 0.41 + (0.2 * channel)) % 1;
            double burst = Math.Exp(-sinceBurst * 60) * hiss[(int)(sinceBurst * rate) % hiss.Length];
            return (0.07 * chord) + (0.2 * plucked) + (0.15 * burst);
        });
    }

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

    private static float[][] Made(int rate, int channels, double seconds, Func<double, int, double> sample) =>
        [.. Enumerable.Range(0, channels).Select(channel =>
            Enumerable.Range(0, (int)(seconds * rate)).Select(i => (float)sample(i / (double)rate, channel)).ToArray())];
}
