namespace Transcode.Engine.Tuning.Deband;

/// <summary>What counts as a band.</summary>
/// <param name="Threshold">A sample nearer than this to the mean becomes it: code values, 1 to the largest sample.</param>
/// <param name="Reach">From a sample to those that are averaged, both across and down: 1 to <see cref="LargestReach"/>.</param>
/// <param name="Dither">Whether what lies between two code values becomes a pattern of both, or is cut off.</param>
internal readonly record struct DebandOptions(int Threshold, int Reach, bool Dither)
{
    public const int LargestReach = 64;

    /// <summary>Sixteen samples away, aslant.</summary>
    public const int UsualReach = 11;

    /// <summary>Thresholds of the 2×2 Bayer matrix, in quarters of a code value.</summary>
    public int Quarters(int x, int y) => !Dither ? 0 : (x & 1, y & 1) switch
    {
        (0, 0) => 0,
        (1, 0) => 2,
        (0, 1) => 3,
        _ => 1,
    };
}
