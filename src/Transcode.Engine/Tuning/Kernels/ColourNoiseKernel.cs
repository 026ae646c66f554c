using System.Globalization;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Measures the noise of pictures' colour, as <see cref="ColourNoise"/> does: <c>noise.cl</c>. Not for two threads at once.</summary>
internal sealed class ColourNoiseKernel : IDisposable
{
    /// <summary>Of a group: four blocks' grain, then their differences.</summary>
    private const int Numbers = 8;

    private readonly PlaneShape shape;
    private readonly int step;
    private readonly int across;
    private readonly int down;
    private readonly DeviceKernel kernel;
    private readonly KernelTables tables;
    private readonly DeviceBuffer blocks;

    /// <param name="context">Of the device.</param>
    /// <param name="queue">That runs it.</param>
    /// <param name="shape">As of <see cref="ColourNoise"/>.</param>
    /// <param name="bands">Likewise.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    public ColourNoiseKernel(DeviceContext context, DeviceQueue queue, PlaneShape shape, int bands = int.MaxValue)
    {
        this.shape = shape;
        step = PictureAnalyzer.StepFor(shape, bands);
        across = (shape.Width + PictureAnalyzer.Band - 1) / PictureAnalyzer.Band;
        down = (shape.Height + step - 1) / step;
        kernel = context.NewKernel("noise", string.Create(CultureInfo.InvariantCulture, $"noise_{shape.Bits}"));
        tables = new(context, queue);
        blocks = tables.Room<int>(across * down * Numbers);
    }

    /// <summary>Looks at a picture, and returns with what was seen.</summary>
    /// <param name="queue">That runs it.</param>
    /// <param name="brightness">Of the picture.</param>
    /// <param name="picture">Its component of colour, of the shape.</param>
    /// <param name="before">That of the picture before it in the same shot.</param>
    /// <returns>The standard deviation, in code values of 8 bits.</returns>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails.</exception>
    public double Of(DeviceQueue queue, DevicePlane brightness, DevicePlane picture, DevicePlane before)
    {
        queue.Run(
            kernel.With([.. brightness.Arguments, .. picture.Arguments, .. before.Arguments, shape.Width, shape.Height, shape.Bits, step, blocks]),
            (across, down),
            Groups.Local).Dispose();
        List<int> grains = [], changes = [];
        ReadOnlySpan<int> numbers = queue.ReadNow<int>(blocks, across * down * Numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
            {
                (i % Numbers < Numbers / 2 ? grains : changes).Add(numbers[i]);
            }
        }

        return NoiseEstimate.Of(grains, changes) / (1 << (shape.Bits - 8));
    }

    public void Dispose()
    {
        kernel.Dispose();
        tables.Dispose();
    }
}
