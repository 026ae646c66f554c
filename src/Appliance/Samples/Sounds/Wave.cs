namespace Appliance.Samples.Sounds;

/// <summary>A sine read from a table: the same on every machine, and quick.</summary>
internal static class Wave
{
    private const int Length = 4096;
    private static readonly float[] Table = [.. Enumerable.Range(0, Length + 1).Select(i => (float)Math.Sin(Math.Tau * i / Length))];

    /// <param name="turns">Not negative; whole turns do not count.</param>
    public static float Sine(double turns)
    {
        double place = (turns - Math.Floor(turns)) * Length;
        int index = (int)place;
        return Table[index] + ((Table[index + 1] - Table[index]) * (float)(place - index));
    }

    /// <summary>The frequency of a key in hertz: 69 is the A of 440.</summary>
    public static double Hertz(int key) => 440 * Math.Pow(2, (key - 69) / 12.0);
}
