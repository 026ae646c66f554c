using System.Globalization;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Looks at pictures' brightness, as <see cref="PictureAnalyzer"/> does: <c>analysis.cl</c>. Not for two threads at once.</summary>
internal sealed class AnalysisKernel : IDisposable
{
    private const int HistogramBins = 256;

    private readonly PlaneShape shape;
    private readonly int step;
    private readonly int across;
    private readonly int down;
    private readonly DeviceKernel kernel;
    private readonly KernelTables tables;
    private readonly DeviceBuffer basis;
    private readonly DeviceBuffer weights;
    private readonly DeviceBuffer blocks;
    private readonly DeviceBuffer histogram;

    /// <summary>What the kernel says of a block, in its list's order.</summary>
    private enum Number
    {
        Gradients,
        SquaresLow,
        SquaresHigh,
        Flat,
        Contours,
        Changes,
        ChangeSquares,
        Difference,
        Energy,
        Grain,
        Still = Grain + 4,
        Count = Still + 4,
    }

    /// <param name="context">Of the device.</param>
    /// <param name="queue">That tables are sent by; it has sent them when this returns.</param>
    /// <param name="shape">Of pictures' brightness, in limited range.</param>
    /// <param name="bands">As of <see cref="PictureAnalyzer"/>.</param>
    /// <exception cref="NotSupportedException">The device takes roots otherwise than IEEE 754 says.</exception>
    public AnalysisKernel(DeviceContext context, DeviceQueue queue, PlaneShape shape, int bands = int.MaxValue)
    {
        this.shape = shape;
        step = PictureAnalyzer.StepFor(shape, bands);
        across = (shape.Width + BlockEnergy.Side - 1) / BlockEnergy.Side;
        down = (shape.Height + step - 1) / step;
        kernel = context.WithExactDivision().NewKernel("analysis", string.Create(CultureInfo.InvariantCulture, $"look_{shape.Bits}"));
        tables = new(context, queue);
        basis = tables.Table(BlockEnergy.Coefficients);
        weights = tables.Table(BlockEnergy.CoefficientWeights);
        blocks = tables.Room<int>(across * down * (int)Number.Count);
        histogram = tables.Room<int>(HistogramBins);
    }

    /// <summary>Looks at a picture.</summary>
    /// <param name="queue">That runs it.</param>
    /// <param name="picture">Of the shape.</param>
    /// <param name="before">That before it in the same shot, or none.</param>
    /// <returns>When what was seen can be read.</returns>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails.</exception>
    public DeviceEvent Look(DeviceQueue queue, DevicePlane picture, DevicePlane? before)
    {
        queue.Clear(histogram).Dispose();
        return queue.Run(
            kernel.With(
            [
                .. picture.Arguments, .. (before ?? picture).Arguments, before is null ? 0 : 1, shape.Width, shape.Height, shape.Bits, step,
                basis, weights, blocks, histogram,
            ]),
            (across, down),
            Groups.Local);
    }

    /// <summary>Looks at a picture, and returns with what was seen.</summary>
    /// <inheritdoc cref="Look"/>
    public PictureAnalysis Analyze(DeviceQueue queue, DevicePlane picture, DevicePlane? before)
    {
        Look(queue, picture, before).Dispose();
        var sums = new AnalysisSums(hasBefore: before is not null) { Histogram = queue.ReadNow<int>(histogram, HistogramBins) };
        ReadOnlySpan<int> numbers = queue.ReadNow<int>(blocks, across * down * (int)Number.Count);
        for (int row = 0; row < down; row++)
        {
            sums.See(shape, row * step);
            for (int column = 0; column < across; column++)
            {
                Add(sums, numbers.Slice(((row * across) + column) * (int)Number.Count, (int)Number.Count));
            }
        }

        return sums.Result(shape);
    }

    public void Dispose()
    {
        kernel.Dispose();
        tables.Dispose();
    }

    private static void Add(AnalysisSums sums, ReadOnlySpan<int> block)
    {
        sums.Rows.Gradients += block[(int)Number.Gradients];
        sums.Rows.GradientSquares += block[(int)Number.SquaresLow] + ((long)block[(int)Number.SquaresHigh] << 16);
        sums.Rows.Flat += block[(int)Number.Flat];
        sums.Rows.Contours += block[(int)Number.Contours];
        sums.Rows.Changes += block[(int)Number.Changes];
        sums.Rows.ChangeSquares += block[(int)Number.ChangeSquares];
        sums.Difference += block[(int)Number.Difference];
        sums.Energies.Add(block[(int)Number.Energy]);
        AddCounted(sums.Grains, block[(int)Number.Grain..(int)Number.Still]);
        if (sums.Changes is { } changes)
        {
            AddCounted(changes, block[(int)Number.Still..]);
        }
    }

    private static void AddCounted(List<int> to, ReadOnlySpan<int> blocks)
    {
        foreach (int block in blocks)
        {
            if (block >= 0)
            {
                to.Add(block);
            }
        }
    }
}
