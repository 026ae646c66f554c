namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The sums of <see cref="RowKernels"/> as they are written down.</summary>
internal sealed unsafe class ScalarRows : RowKernels
{
    public override void Stretch(ushort* from, ushort* to, int count, int bits)
    {
        int factor = 1 << (bits - 8);
        for (int x = 0; x < count; x++)
        {
            to[x] = (ushort)(((256 * factor) - 1) * Math.Clamp(from[x] - (16 * factor), 0, 219 * factor) / (219 * factor));
        }
    }

    public override void Gradient(ushort* above, ushort* row, ushort* below, int first, int end, int bits, ref RowSums sums)
    {
        for (int x = first; x < end; x++)
        {
            int across = above[x + 1] - above[x - 1] + (2 * (row[x + 1] - row[x - 1])) + below[x + 1] - below[x - 1];
            int down = below[x - 1] - above[x - 1] + (2 * (below[x] - above[x])) + below[x + 1] - above[x + 1];
            int square = (across * across) + (down * down);
            sums.GradientSquares += square;
            sums.Gradients += (int)((MathF.Sqrt(square) * 16) + 0.5f);
            sums.Flat += Math.Abs(across) + Math.Abs(down) < 8 << (bits - 8) ? 1 : 0;
        }
    }

    public override void Grain(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        for (int x = 0; x < count; x++)
        {
            pairs[x / 2] += Math.Abs(
                above[x - 1] - (2 * above[x]) + above[x + 1]
                - (2 * (row[x - 1] - (2 * row[x]) + row[x + 1]))
                + below[x - 1] - (2 * below[x]) + below[x + 1]);
        }
    }

    public override void Change(ushort* row, ushort* before, int count, ref RowSums sums)
    {
        for (int x = 0; x < count; x++)
        {
            int change = row[x] - before[x];
            sums.Changes += change;
            sums.ChangeSquares += change * change;
        }
    }

    public override void Difference(ushort* row, ushort* before, int count, int* pairs)
    {
        for (int x = 0; x < count; x++)
        {
            pairs[x / 2] += Math.Abs(row[x] - before[x]);
        }
    }

    public override void Turn(ushort* row, ushort* before, ushort* earlier, int count, int* pairs)
    {
        for (int x = 0; x < count; x++)
        {
            pairs[x / 2] += Math.Abs(row[x] - (2 * before[x]) + earlier[x]);
        }
    }

    public override void Detail(ushort* above, ushort* row, ushort* below, int count, int* pairs)
    {
        for (int x = 0; x < count; x++)
        {
            int beside = row[x - 1] + row[x + 1] + above[x] + below[x];
            int aslant = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1];
            pairs[x / 2] += Math.Abs((12 * row[x]) - (2 * beside) - aslant);
        }
    }

    public override long Contours(ushort* row, nint step, int count, int bits)
    {
        int unit = 1 << (bits - 8);
        long contours = 0;
        for (int x = 0; x < count; x++)
        {
            ushort* sample = row + x;
            int apart = Math.Abs(sample[0] - sample[step]);
            bool found = apart >= LeastStep * unit && apart <= LargestStep * unit;
            for (int i = 1; i < Run; i++)
            {
                found &= sample[-i * step] == sample[0] && sample[(i + 1) * step] == sample[step];
            }

            contours += found ? 1 : 0;
        }

        return contours;
    }
}
