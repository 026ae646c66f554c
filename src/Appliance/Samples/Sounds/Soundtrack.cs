namespace Appliance.Samples.Sounds;

/// <summary>The whole sound of the film: calm music up to the closing card, then a pip with every flash.</summary>
internal static class Soundtrack
{
    // Brings the music to about −18 LUFS (ITU-R BS.1770-4), measured over the whole 40 seconds.
    private const float Gain = 0.60f;
    private const float PipLevel = 0.16f;
    private const double PipHertz = 1000;

    /// <returns>Stereo at <see cref="SampleTiming.SampleRate"/>, as long as the pictures, never beyond ±1.</returns>
    public static Stereo Compose(SampleTiming timing)
    {
        var dry = new Stereo(checked((int)timing.SampleCount));
        double end = timing.CardStart;
        if (end > 0)
        {
            Pads.Play(dry, Math.Max(0.5, end - 1.5));
            Plucks.Play(dry, Math.Min(2.5, end / 4), end - 1);
        }

        Stereo sound = end > 0 ? Hall.Play(dry, 0.55f) : dry;
        Finish(sound, timing);
        foreach (int second in timing.FlashSeconds)
        {
            Pip(sound, timing, second);
        }

        return sound;
    }

    /// <summary>The music's tail is gone a second after the card begins; peaks bend instead of breaking.</summary>
    private static void Finish(Stereo sound, SampleTiming timing)
    {
        double end = timing.CardStart + Math.Min(0.9, (timing.Seconds - timing.CardStart) / 2);
        double fade = Math.Min(3.0, timing.CardStart + 0.1);
        for (int i = 0; i < sound.Length; i++)
        {
            double t = (double)i / SampleTiming.SampleRate;
            double level = Math.Clamp((end - t) / fade, 0, 1) * Math.Min(1, t / 0.05);
            float gain = Gain * (float)(level * level * (3 - (2 * level)));
            sound.Left[i] = Bend(sound.Left[i] * gain);
            sound.Right[i] = Bend(sound.Right[i] * gain);
        }
    }

    private static float Bend(float x)
    {
        float size = MathF.Abs(x);
        return size <= 0.5f ? x : MathF.CopySign(0.5f + (0.4f * (1 - (1 / (1 + ((size - 0.5f) / 0.4f))))), x);
    }

    /// <summary>Heard while the square is seen, with edges of a millisecond so that it does not click.</summary>
    private static void Pip(Stereo sound, SampleTiming timing, int second)
    {
        var (first, end) = timing.Flash(second);
        long start = timing.SampleAt(first);
        long stop = timing.SampleAt(end);
        for (long i = start; i < stop; i++)
        {
            double t = (double)(i - start) / SampleTiming.SampleRate;
            double edge = Math.Min(1, Math.Min(i - start, stop - i) / (0.001 * SampleTiming.SampleRate));
            float value = PipLevel * (float)edge * Wave.Sine(PipHertz * t);
            sound.Add((int)i, value, value);
        }
    }
}
