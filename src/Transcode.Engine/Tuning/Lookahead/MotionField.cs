namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>Where each block of a picture lies in another, and what is left to code if it is taken from there.</summary>
/// <param name="blocks">Of the picture.</param>
internal sealed class MotionField(int blocks)
{
    /// <summary>In quarter samples.</summary>
    public short[] Across { get; } = new short[blocks];

    /// <summary>In quarter samples.</summary>
    public short[] Down { get; } = new short[blocks];

    /// <summary>Transformed differences, and what the motion takes.</summary>
    public int[] Costs { get; } = new int[blocks];
}
