using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>How much noise a plane of a picture's colour has, in 4:2:0, by <see cref="NoiseEstimate"/> as that of brightness. Not for two threads at once.</summary>
/// <remarks>Blocks count whose corners are neither black nor white in brightness: bars around a film are as grey as grey things in it, and have no noise. A picture without
/// colour so has none, where that is said of all of it.</remarks>
internal sealed unsafe class ColourNoise
{
    private readonly PlaneShape shape;
    private readonly int step;
    private readonly RowKernels kernels;
    private readonly AnalysisBand band;
    private readonly AnalysisBand beforeBand;
    private readonly int[] sums;

    /// <param name="shape">Of a plane of colour: half of brightness' columns and rows, rounded up.</param>
    /// <param name="width">How to compute; the results are the same.</param>
    /// <param name="bands">As of <see cref="PictureAnalyzer"/>.</param>
    public ColourNoise(PlaneShape shape, LaneWidth width, int bands = int.MaxValue)
    {
        this.shape = shape;
        step = PictureAnalyzer.StepFor(shape, bands);
        kernels = RowKernels.For(width);
        (band, beforeBand) = (new(shape.Width, PictureAnalyzer.Band), new(shape.Width, PictureAnalyzer.Band));
        sums = GC.AllocateArray<int>((shape.Width / 2) + 1, pinned: true);
    }

    /// <param name="brightness">Of the picture.</param>
    /// <param name="picture">Its plane of colour.</param>
    /// <param name="before">That of the picture before it in the same shot.</param>
    /// <returns>The standard deviation, in code values of 8 bits.</returns>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public double Of(PlaneView brightness, PlaneView picture, PlaneView before)
    {
        // Of brightness, only samples that lie where one of colour does are looked at.
        brightness.Check(((2 * shape.Width) - 1) * shape.SampleBytes, (2 * shape.Height) - 1, nameof(brightness));
        shape.Check(picture.Samples.Length, picture.Pitch, nameof(picture));
        shape.Check(before.Samples.Length, before.Pitch, nameof(before));
        List<int> grains = [], changes = [];
        for (int top = 0; top < shape.Height; top += step)
        {
            band.Read(picture, shape, top);
            beforeBand.Read(before, shape, top);
            for (int y = 0; y < PictureAnalyzer.Band; y += NoiseEstimate.Side)
            {
                Grain(brightness, top, y + 1, grains);
                Change(brightness, top, y, changes);
            }
        }

        return NoiseEstimate.Of(grains, changes) / (1 << (shape.Bits - 8));
    }

    /// <summary>Grain of whole blocks that have neighbours all around, so they begin a sample into the picture.</summary>
    private void Grain(PlaneView brightness, int top, int y, List<int> grains)
    {
        int columns = (shape.Width - 2) / NoiseEstimate.Side;
        if (columns <= 0 || top + y + NoiseEstimate.Side >= shape.Height)
        {
            return;
        }

        Array.Clear(sums);
        for (int row = y; row < y + NoiseEstimate.Side; row++)
        {
            kernels.Grain(band.Row(row - 1) + 1, band.Row(row) + 1, band.Row(row + 1) + 1, columns * NoiseEstimate.Side, Start());
        }

        Add(brightness, columns, 1, top + y, grains);
    }

    /// <summary>Differences to the picture before, of whole blocks.</summary>
    private void Change(PlaneView brightness, int top, int y, List<int> changes)
    {
        int columns = shape.Width / NoiseEstimate.Side;
        if (columns == 0 || top + y + NoiseEstimate.Side > shape.Height)
        {
            return;
        }

        Array.Clear(sums);
        for (int row = y; row < y + NoiseEstimate.Side; row++)
        {
            kernels.Difference(band.Row(row), beforeBand.Row(row), columns * NoiseEstimate.Side, Start());
        }

        Add(brightness, columns, 0, top + y, changes);
    }

    /// <summary>Those of a row of blocks that may show noise.</summary>
    private void Add(PlaneView brightness, int columns, int left, int y, List<int> to)
    {
        for (int column = 0; column < columns; column++)
        {
            if (MayShowNoise(brightness, (column * NoiseEstimate.Side) + left, y))
            {
                to.Add(NoiseEstimate.Sum(sums, column));
            }
        }
    }

    private bool MayShowNoise(PlaneView brightness, int x, int y)
    {
        const int Last = NoiseEstimate.Side - 1;
        return IsGrey(brightness, x, y) && IsGrey(brightness, x + Last, y) && IsGrey(brightness, x, y + Last) && IsGrey(brightness, x + Last, y + Last);
    }

    /// <summary>Whether it is, where a sample of colour lies.</summary>
    private bool IsGrey(PlaneView brightness, int x, int y)
    {
        ReadOnlySpan<byte> row = brightness.Samples[(2 * y * brightness.Pitch)..];
        return NoiseEstimate.IsGrey(shape.SampleBytes == 1 ? row[2 * x] : MemoryMarshal.Cast<byte, ushort>(row)[2 * x] >> (shape.Bits - 8));
    }

    private int* Start() => (int*)Marshal.UnsafeAddrOfPinnedArrayElement(sums, 0);
}
