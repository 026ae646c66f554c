namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>Where a missing row's neighbours lie, in rows from it. Its own field, of the same instant, has the odd distances;
/// the fields before and after it have the even ones.</summary>
/// <param name="Way">Which formula is for it.</param>
/// <param name="Above">The field's nearest row above: −1, or 1 where there is none.</param>
/// <param name="Below">The nearest below: 1, or −1 where there is none.</param>
/// <param name="FarAbove">The next but one above: −3, or a nearer one where there is none.</param>
/// <param name="FarBelow">The next but one below.</param>
internal readonly record struct FieldRow(FieldRow.Formula Way, int Above, int Below, int FarAbove, int FarBelow)
{
    /// <summary>What a missing row is made of.</summary>
    internal enum Formula
    {
        /// <summary>Its own field and the two around it.</summary>
        Full,

        /// <summary>The same near the top and bottom: the mean of its neighbours, held near what the fields around show.</summary>
        EdgeChecked,

        /// <summary>The two outermost rows at the top and the bottom: without a look two rows on.</summary>
        Edge,

        /// <summary>Its own field alone.</summary>
        Alone,

        /// <summary>Nothing: the picture has this one row.</summary>
        Only,
    }

    /// <summary>The rules of libavfilter's bwdif, its edges included: there rows are counted in bytes of a sample, so that with
    /// 16-bit samples one more row at the top and the bottom has no neighbour. Where bwdif would read beside a picture of few
    /// rows, a neighbour stands in.</summary>
    /// <param name="y">The row, from 0.</param>
    /// <param name="height">Of the plane.</param>
    /// <param name="sampleBytes">1 or 2.</param>
    /// <param name="alone">Whether there is no field before it or none after it.</param>
    public static FieldRow At(int y, int height, int sampleBytes, bool alone)
    {
        if (height == 1)
        {
            return new(Formula.Only, 0, 0, 0, 0);
        }

        int below = y + sampleBytes < height || y == 0 ? 1 : -1;
        int above = y >= sampleBytes || y == height - 1 ? -1 : 1;
        if (alone)
        {
            int farBelow = y + (3 * sampleBytes) < height ? 3 : y == 0 ? 1 : -1;
            int farAbove = y >= 3 * sampleBytes ? -3 : y == height - 1 ? -1 : 1;
            return new(Formula.Alone, above, below, farAbove, farBelow);
        }

        return y >= 4 && y + 5 <= height ? new(Formula.Full, -1, 1, -3, 3)
            : new(y >= 2 && y + 3 <= height ? Formula.EdgeChecked : Formula.Edge, above, below, above, below);
    }
}
