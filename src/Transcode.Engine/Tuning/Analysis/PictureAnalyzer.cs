using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>Looks at the brightness of a picture, and of the one before it, once: what decides how it is tuned. Not for two
/// threads at once.</summary>
/// <remarks>It goes down in bands of a block's height, which lie in a near cache while all is measured. Sums are whole numbers and
/// are only divided at the end, so widths make no difference.</remarks>
internal sealed unsafe class PictureAnalyzer
{
    /// <summary>Rows that are looked at together.</summary>
    public const int Band = BlockEnergy.Side;

    private readonly PlaneShape shape;
    private readonly int step;
    private readonly RowKernels kernels;
    private readonly BlockEnergy energy;
    private readonly AnalysisBand band;
    private readonly AnalysisBand beforeBand;
    private readonly AnalysisBand stretched;
    private readonly AnalysisBand beforeStretched;
    private readonly ushort[] block = GC.AllocateArray<ushort>(BlockEnergy.Side * BlockEnergy.Side, pinned: true);
    private readonly int[] grain;
    private readonly int[] differences;

    /// <param name="shape">Of pictures' brightness, in limited range.</param>
    /// <param name="width">How to compute; the results are the same.</param>
    /// <param name="bands">Of a block's height that are looked at, evenly spread, at least; where there are not twice as many, all.</param>
    public PictureAnalyzer(PlaneShape shape, LaneWidth width, int bands = int.MaxValue)
    {
        this.shape = shape;
        step = StepFor(shape, bands);
        kernels = RowKernels.For(width);
        energy = BlockEnergy.For(width);
        (band, beforeBand) = (new(shape.Width, Band), new(shape.Width, Band));
        (stretched, beforeStretched) = (new(shape.Width, Band), new(shape.Width, Band));
        grain = GC.AllocateArray<int>((shape.Width / 2) + 1, pinned: true);
        differences = GC.AllocateArray<int>((shape.Width / 2) + 1, pinned: true);
    }

    /// <param name="picture">The picture.</param>
    /// <param name="before">That before it in the same shot, or none.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public PictureAnalysis Analyze(PlaneView picture, PlaneView before)
    {
        shape.Check(picture.Samples.Length, picture.Pitch, nameof(picture));
        if (!before.IsNone)
        {
            shape.Check(before.Samples.Length, before.Pitch, nameof(before));
        }

        var sums = new AnalysisSums(hasBefore: !before.IsNone);
        for (int top = 0; top < shape.Height; top += step)
        {
            int rows = sums.See(shape, top);
            band.Read(picture, shape, top);
            Stretch(band, stretched);
            Slopes(top, rows, ref sums.Rows);
            Grain(top, sums.Grains);
            Energies(sums.Energies);
            Count(rows, sums.Histogram);
            if (sums.Changes is { } changes)
            {
                beforeBand.Read(before, shape, top);
                Stretch(beforeBand, beforeStretched);
                sums.Difference += Changes(rows, changes, ref sums.Rows);
            }
        }

        return sums.Result(shape);
    }

    /// <summary>Rows from one band to the next.</summary>
    /// <param name="shape">Of the picture.</param>
    /// <param name="bands">To be looked at, evenly spread, at least; where there are not twice as many, all.</param>
    public static int StepFor(PlaneShape shape, int bands) => Math.Max(1, shape.Height / Band / bands) * Band;

    private static int* Start(int[] pinned) => (int*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private void Stretch(AnalysisBand from, AnalysisBand to)
    {
        for (int y = -1; y <= Band; y++)
        {
            kernels.Stretch(from.Row(y), to.Row(y), shape.Width, shape.Bits);
        }
    }

    /// <summary>Gradients within the picture, and where bands meet.</summary>
    private void Slopes(int top, int rows, ref RowSums sums)
    {
        for (int y = 0; y < rows; y++)
        {
            if (top + y > 0 && top + y < shape.Height - 1)
            {
                kernels.Gradient(stretched.Row(y - 1), stretched.Row(y), stretched.Row(y + 1), 1, shape.Width - 1, shape.Bits, ref sums);
            }

            int before = RowKernels.Run - 1;
            if (shape.Width >= 2 * RowKernels.Run)
            {
                sums.Contours += kernels.Contours(band.Row(y) + before, 1, shape.Width - (2 * RowKernels.Run) + 1, shape.Bits);
            }

            if (top + y >= before && top + y + RowKernels.Run < shape.Height)
            {
                sums.Contours += kernels.Contours(band.Row(y), band.Stride, shape.Width, shape.Bits);
            }
        }
    }

    /// <summary>Grain of whole blocks that have neighbours all around, so they begin a sample into the picture.</summary>
    private void Grain(int top, List<int> grains)
    {
        int columns = (shape.Width - 2) / NoiseEstimate.Side;
        for (int y = 1; columns > 0 && y + NoiseEstimate.Side <= Band + 1 && top + y + NoiseEstimate.Side < shape.Height; y += NoiseEstimate.Side)
        {
            Array.Clear(grain);
            for (int row = y; row < y + NoiseEstimate.Side; row++)
            {
                kernels.Grain(band.Row(row - 1) + 1, band.Row(row) + 1, band.Row(row + 1) + 1, columns * NoiseEstimate.Side, Start(grain));
            }

            for (int column = 0; column < columns; column++)
            {
                if (MayShowNoise((column * NoiseEstimate.Side) + 1, y))
                {
                    grains.Add(NoiseEstimate.Sum(grain, column));
                }
            }
        }
    }

    /// <summary>Whether none of a block's corners is black or white.</summary>
    private bool MayShowNoise(int x, int y)
    {
        const int Last = NoiseEstimate.Side - 1;
        int shift = shape.Bits - 8;
        return NoiseEstimate.IsGrey(band.Row(y)[x] >> shift) && NoiseEstimate.IsGrey(band.Row(y)[x + Last] >> shift)
            && NoiseEstimate.IsGrey(band.Row(y + Last)[x] >> shift) && NoiseEstimate.IsGrey(band.Row(y + Last)[x + Last] >> shift);
    }

    /// <summary>Differences to the picture before: of the band, and of whole blocks.</summary>
    private long Changes(int rows, List<int> changes, ref RowSums sums)
    {
        long difference = 0;
        int columns = shape.Width / NoiseEstimate.Side;
        for (int top = 0; top < rows; top += NoiseEstimate.Side)
        {
            Array.Clear(differences);
            int end = Math.Min(rows, top + NoiseEstimate.Side);
            for (int y = top; y < end; y++)
            {
                kernels.Change(stretched.Row(y), beforeStretched.Row(y), shape.Width, ref sums);
                kernels.Difference(band.Row(y), beforeBand.Row(y), shape.Width, Start(differences));
            }

            difference += differences.Sum(value => (long)value);
            for (int column = 0; column < columns && end == top + NoiseEstimate.Side; column++)
            {
                if (MayShowNoise(column * NoiseEstimate.Side, top))
                {
                    changes.Add(NoiseEstimate.Sum(differences, column));
                }
            }
        }

        return difference;
    }

    /// <summary>Of a band's blocks; the picture's edges go on into those that it does not fill.</summary>
    private void Energies(List<int> energies)
    {
        for (int left = 0; left < shape.Width; left += BlockEnergy.Side)
        {
            fixed (ushort* samples = block)
            {
                for (int y = 0; y < BlockEnergy.Side; y++)
                {
                    new ReadOnlySpan<ushort>(band.Row(y) + left, BlockEnergy.Side).CopyTo(new(samples + (y * BlockEnergy.Side), BlockEnergy.Side));
                }

                energies.Add(energy.Of(samples, shape.Bits));
            }
        }
    }

    private void Count(int rows, int[] histogram)
    {
        int shift = shape.Bits - 8;
        for (int y = 0; y < rows; y++)
        {
            ushort* row = band.Row(y);
            for (int x = 0; x < shape.Width; x++)
            {
                histogram[(row[x] >> shift) & 0xFF]++;
            }
        }
    }
}
