namespace Appliance.Samples.Sounds;

/// <summary>The chords: three slightly detuned voices a note, which swell and fade into each other.</summary>
internal static class Pads
{
    private const double AttackSeconds = 2.2;
    private const double ReleaseSeconds = 3.0;

    public static void Play(Stereo sound, double endSeconds)
    {
        for (int chord = 0; chord * Score.ChordSeconds < endSeconds; chord++)
        {
            int[] keys = Score.Chord(chord);
            double start = chord * Score.ChordSeconds;
            for (int note = 0; note < keys.Length; note++)
            {
                double length = Math.Min(Score.ChordSeconds, endSeconds - start);
                Note(sound, keys[note], note, start, length);
            }
        }
    }

    private static void Note(Stereo sound, int key, int number, double start, double length)
    {
        const double Rate = SampleTiming.SampleRate;
        double hertz = Wave.Hertz(key);
        bool isBass = number == 0;
        float light = isBass ? 0.115f : 0.040f;
        float overtones = isBass ? 0.35f : 0.22f;
        int first = (int)(start * Rate);
        int count = (int)((length + ReleaseSeconds) * Rate);
        double detune = isBass ? 0.0003 : 0.0016;
        for (int i = 0; i < count; i++)
        {
            double t = i / Rate;
            float swell = Envelope(t, length) * (1 + (0.12f * Wave.Sine((0.11 * t) + (number * 0.37))));
            double turns = hertz * t;
            float middle = Voice(turns + (number * 0.13), overtones);
            float left = Voice((turns * (1 - detune)) + (number * 0.29), overtones);
            float right = Voice((turns * (1 + detune)) + (number * 0.61), overtones);
            sound.Add(first + i, (middle + left) * light * swell, (middle + right) * light * swell);
        }
    }

    private static float Voice(double turns, float overtones) =>
        Wave.Sine(turns) + (overtones * Wave.Sine(2 * turns)) + (overtones * 0.45f * Wave.Sine(3 * turns));

    private static float Envelope(double t, double length)
    {
        double rise = Math.Min(t / AttackSeconds, 1);
        double fall = Math.Clamp(1 - ((t - length) / ReleaseSeconds), 0, 1);
        double level = rise * fall;
        return (float)(level * level * (3 - (2 * level)));
    }
}
