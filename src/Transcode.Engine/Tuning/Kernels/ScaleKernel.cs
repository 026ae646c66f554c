using System.Globalization;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Resamples one component by the arithmetic of <see cref="PlanePlan"/>: <c>scale.cl</c>. Not for two threads at once.</summary>
internal sealed class ScaleKernel : IDisposable
{
    private readonly KernelTables tables;
    private readonly PlanePlan plan;
    private readonly ScaleTiles tiles;
    private readonly DeviceKernel kernel;
    private readonly DeviceBuffer downStarts;
    private readonly DeviceBuffer downWeights;
    private readonly DeviceBuffer acrossStarts;
    private readonly DeviceBuffer acrossWeights;
    private readonly DeviceBuffer bias;
    private readonly DeviceBuffer bounds;

    /// <param name="context">Of the device.</param>
    /// <param name="queue">That tables are sent by; it has sent them when this returns.</param>
    /// <param name="plan">What to compute.</param>
    /// <exception cref="NotSupportedException">The source is so much larger that a sample's columns do not fit a group's memory.</exception>
    public ScaleKernel(DeviceContext context, DeviceQueue queue, PlanePlan plan)
    {
        this.plan = plan;
        tiles = new(plan.Across, context.Description.LocalMemoryBytes);
        tables = new(context, queue);
        kernel = context.NewKernel("scale", string.Create(CultureInfo.InvariantCulture, $"scale_{plan.SourceBits}_{plan.TargetBits}"));
        downStarts = tables.Table(plan.Down.Starts);
        downWeights = tables.Table(plan.Down.Weights);
        acrossStarts = tables.Table(plan.Across.Starts);
        acrossWeights = tables.Table<short>(Turned(plan.Across));
        bias = tables.Table<int>(PlanePlan.Places(plan.AcrossBias));
        bounds = tables.Table(tiles.Bounds);
    }

    /// <param name="queue">That runs it.</param>
    /// <param name="source">Of the plan's size and depth.</param>
    /// <param name="target">Of the plan's size and depth, in another buffer.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    public DeviceEvent Run(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => queue.Run(
        kernel.With(
            source.Buffer, source.First, source.Pitch, source.Step, source.Shift, plan.Across.SourceSize, plan.Down.SourceSize,
            target.Buffer, target.First, target.Pitch, target.Step, target.Shift, plan.Across.TargetSize, plan.Down.TargetSize,
            downStarts, downWeights, plan.Down.Taps, plan.DownShift, plan.DownBias,
            acrossStarts, acrossWeights, plan.Across.Taps, plan.AcrossShift, bias, plan.LargestTarget,
            bounds, tiles.Columns, tiles.Rows, tiles.Span, KernelArgument.Local(tiles.LocalBytes), source.Step == 1 && source.IsAligned(4) ? 1 : 0),
        (tiles.Across, (plan.Down.TargetSize + tiles.Rows - 1) / tiles.Rows),
        Groups.Local,
        waits);

    public void Dispose()
    {
        kernel.Dispose();
        tables.Dispose();
    }

    /// <summary>All columns' first weights, then their second ones: neighbours read neighbours.</summary>
    private static short[] Turned(ScaleAxis axis)
    {
        var turned = new short[axis.Weights.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            turned[(i % axis.Taps * axis.TargetSize) + (i / axis.Taps)] = axis.Weights[i];
        }

        return turned;
    }
}
