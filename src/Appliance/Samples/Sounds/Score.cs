namespace Appliance.Samples.Sounds;

/// <summary>What is played: a chord every five seconds, and plucked notes over it.</summary>
internal static class Score
{
    /// <summary>How long a chord stands.</summary>
    public const double ChordSeconds = 5;

    /// <summary>The time from one plucked note's place to the next.</summary>
    public const double PulseSeconds = 0.625;

    // D major without haste: I, vi, IV, V suspended, I over its third, IV, ii, I.
    private static readonly int[][] Chords =
    [
        [38, 57, 62, 66, 69, 76], [35, 57, 62, 66, 69, 74], [43, 59, 62, 66, 69, 74], [45, 57, 62, 64, 69, 76],
        [42, 57, 62, 66, 69, 74], [43, 59, 62, 66, 71, 74], [40, 55, 59, 66, 67, 74], [38, 57, 62, 66, 69, 74],
    ];

    // Places in the chord's upper notes, an octave up; −1 is a rest. The line breathes every other chord.
    private static readonly int[][] Lines =
    [
        [-1, 4, -1, 3, 5, -1, 4, -1], [2, -1, 4, -1, 3, -1, -1, 5],
        [-1, 3, 5, -1, 4, -1, 2, -1], [4, -1, -1, 5, -1, 3, 4, -1],
    ];

    /// <summary>The keys of chord <paramref name="number"/>, the bass first.</summary>
    public static int[] Chord(int number) => Chords[number % Chords.Length];

    /// <summary>The key plucked at pulse <paramref name="pulse"/>, or null for a rest.</summary>
    public static int? Pluck(int pulse)
    {
        int chord = (int)(pulse * PulseSeconds / ChordSeconds);
        int place = Lines[chord % Lines.Length][pulse % Lines[0].Length];
        return place < 0 ? null : Chord(chord)[place] + 12;
    }
}
