using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>Tells where a new shot begins, from a lattice of samples of brightness: much of it changes at once, and far more than it
/// did from the picture before. Fades and dissolves stay one shot.</summary>
/// <param name="shape">Of pictures' brightness.</param>
internal sealed class ShotWatch(PlaneShape shape)
{
    private const int Columns = 64;
    private const int Rows = 36;

    /// <summary>Mean change, in code values of 8 bits.</summary>
    private const int LeastChange = 20;

    /// <summary>Times the change before.</summary>
    private const int LeastRatio = 4;

    private int[] last = new int[Columns * Rows];
    private int[] current = new int[Columns * Rows];
    private long lastChange;
    private bool hasLast;

    /// <summary>Whether a shot begins with this picture, the next in order.</summary>
    public bool IsCut(PlaneView picture)
    {
        Read(picture);
        long change = 0;
        for (int i = 0; i < current.Length; i++)
        {
            change += Math.Abs(current[i] - last[i]);
        }

        bool cut = hasLast && change >= ((long)LeastChange << (shape.Bits - 8)) * current.Length && change >= LeastRatio * lastChange;
        lastChange = hasLast ? change : 0;
        (last, current) = (current, last);
        hasLast = true;
        return cut;
    }

    private void Read(PlaneView picture)
    {
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<byte> samples = picture.Samples.Slice((int)((((2L * row) + 1) * shape.Height / (2 * Rows)) * picture.Pitch), shape.RowBytes);
            for (int column = 0; column < Columns; column++)
            {
                int x = (int)(((2L * column) + 1) * shape.Width / (2 * Columns));
                current[(row * Columns) + column] = shape.SampleBytes == 1 ? samples[x] : samples[2 * x] | (samples[(2 * x) + 1] << 8);
            }
        }
    }
}
