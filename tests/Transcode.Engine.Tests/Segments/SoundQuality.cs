namespace Transcode.Engine.Tests.Segments;

/// <summary>Measures between two pieces of sound, one array a channel.</summary>
internal static class SoundQuality
{
    /// <summary>Signal to noise of a window of both channels together, in dB; null where the window is silent.</summary>
    public static double? SignalToNoise(float[][] truth, float[][] heard, int from, int count)
    {
        double signal = 0;
        double noise = 0;
        for (int channel = 0; channel < truth.Length; channel++)
        {
            for (int i = from; i < from + count; i++)
            {
                double difference = heard[channel][i] - truth[channel][i];
                signal += truth[channel][i] * (double)truth[channel][i];
                noise += difference * difference;
            }
        }

        return signal < 1e-6 * count ? null : 10 * Math.Log10(signal / Math.Max(noise, 1e-12));
    }

    /// <summary>By how many samples <paramref name="heard"/> is later than <paramref name="truth"/>: where their
    /// correlation peaks.</summary>
    /// <param name="truth">One channel.</param>
    /// <param name="heard">One channel.</param>
    /// <param name="from">First sample of the stretch compared.</param>
    /// <param name="count">Samples of the stretch.</param>
    /// <param name="reach">Shifts tried, each way.</param>
    public static int Delay(float[] truth, float[] heard, int from, int count, int reach)
    {
        return Enumerable.Range(-reach, (2 * reach) + 1).MaxBy(shift =>
        {
            double sum = 0;
            for (int i = from; i < from + count; i++)
            {
                sum += truth[i] * heard[i + shift];
            }

            return sum;
        });
    }

    /// <summary>The largest magnitude in a window.</summary>
    public static float Loudest(float[][] sound, int from, int count) =>
        sound.Max(channel => channel.AsSpan(from, count).ToArray().Max(Math.Abs));
}
