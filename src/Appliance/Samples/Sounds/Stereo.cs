namespace Appliance.Samples.Sounds;

/// <summary>Two channels of sound, −1 to 1.</summary>
internal sealed class Stereo(int length)
{
    public float[] Left { get; } = new float[length];

    public float[] Right { get; } = new float[length];

    public int Length { get; } = length;

    public void Add(int at, float left, float right)
    {
        if ((uint)at < (uint)Length)
        {
            Left[at] += left;
            Right[at] += right;
        }
    }
}
