namespace Appliance.Samples.Sounds;

/// <summary>The room the music is played in: eight delays that feed each other without loss but for a softening at every
/// turn (a feedback delay network with a Householder matrix).</summary>
internal static class Hall
{
    private const double DecaySeconds = 3.6;
    private const float Softening = 0.32f;
    private static readonly int[] Delays = [1439, 1667, 1907, 2179, 2473, 2789, 3137, 3559];

    /// <param name="dry">What is played.</param>
    /// <param name="wet">The part of the room in the result, 0 to 1.</param>
    /// <returns>As long as <paramref name="dry"/>.</returns>
    public static Stereo Play(Stereo dry, float wet)
    {
        var result = new Stereo(dry.Length);
        float[][] lines = [.. Delays.Select(delay => new float[delay])];
        float[] gains = [.. Delays.Select(delay => (float)Math.Pow(10, -3.0 * delay / SampleTiming.SampleRate / DecaySeconds))];
        var places = new int[Delays.Length];
        var soft = new float[Delays.Length];
        Span<float> heard = stackalloc float[Delays.Length];
        for (int i = 0; i < dry.Length; i++)
        {
            float sum = 0;
            for (int line = 0; line < lines.Length; line++)
            {
                float value = lines[line][places[line]];
                soft[line] += (value - soft[line]) * (1 - Softening);
                heard[line] = soft[line] * gains[line];
                sum += heard[line];
            }

            float share = sum * (2f / Delays.Length);
            for (int line = 0; line < lines.Length; line++)
            {
                float source = (line & 1) == 0 ? dry.Left[i] : dry.Right[i];
                lines[line][places[line]] = heard[line] - share + (source * 0.35f);
                places[line] = places[line] + 1 == lines[line].Length ? 0 : places[line] + 1;
            }

            float left = heard[0] - heard[2] + heard[4] - heard[6];
            float right = heard[1] - heard[3] + heard[5] - heard[7];
            result.Add(i, (dry.Left[i] * (1 - (wet * 0.4f))) + (left * wet), (dry.Right[i] * (1 - (wet * 0.4f))) + (right * wet));
        }

        return result;
    }
}
