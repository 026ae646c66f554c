namespace Appliance.Samples.Sounds;

/// <summary>The melody: soft plucked notes that wander between left and right.</summary>
internal static class Plucks
{
    private const double LengthSeconds = 3.2;

    public static void Play(Stereo sound, double startSeconds, double endSeconds)
    {
        int first = (int)Math.Ceiling(startSeconds / Score.PulseSeconds);
        for (int pulse = first; (pulse + 1) * Score.PulseSeconds < endSeconds; pulse++)
        {
            if (Score.Pluck(pulse) is int key)
            {
                float side = 0.5f + (0.32f * Wave.Sine((pulse * 0.381966) + 0.1));
                float strength = 0.75f + (0.25f * Wave.Sine((pulse * 0.2360680) + 0.4));
                Note(sound, key, pulse * Score.PulseSeconds, 0.105f * strength, side);
            }
        }
    }

    private static void Note(Stereo sound, int key, double start, float strength, float side)
    {
        const double Rate = SampleTiming.SampleRate;
        double hertz = Wave.Hertz(key);
        int first = (int)(start * Rate);
        double body = Math.Exp(-1 / (0.62 * Rate));
        double click = Math.Exp(-1 / (0.16 * Rate));
        double slow = 1;
        double quick = 1;
        for (int i = 0; i < (int)(LengthSeconds * Rate); i++)
        {
            double t = i / Rate;
            double attack = Math.Min(1, t / 0.006);
            double ending = Math.Min(1, (LengthSeconds - t) / 0.2);

            // The overtones die first, as on a string.
            double bend = 0.24 * quick * Wave.Sine(3 * hertz * t);
            float value = Wave.Sine((hertz * t) + bend + 1) + (float)(0.30 * quick * Wave.Sine(2 * hertz * t));
            float level = (float)(slow * attack * ending) * strength;
            sound.Add(first + i, value * level * (1 - side), value * level * side);
            slow *= body;
            quick *= click;
        }
    }
}
