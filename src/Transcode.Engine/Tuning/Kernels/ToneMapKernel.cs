using System.Globalization;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Maps pictures from HDR to SDR, and counts how bright they are, as <see cref="ToneMapper"/> does: <c>tonemap.cl</c>. Not for two threads at
/// once.</summary>
internal sealed class ToneMapKernel : IDeviceWork
{
    private readonly ToneMapPlan plan;
    private readonly ToneTables values;
    private readonly KernelTables tables;
    private readonly DeviceKernel map;
    private readonly DeviceKernel count;
    private readonly DeviceBuffer numbers;
    private readonly DeviceBuffer light;
    private readonly DeviceBuffer gain;
    private readonly DeviceBuffer surround;
    private readonly DeviceBuffer shown;
    private readonly DeviceBuffer nearer;
    private readonly DeviceBuffer pqCode;
    private readonly DeviceBuffer lumaBias;
    private readonly DeviceBuffer colourBias;
    private readonly DeviceBuffer counts;

    /// <param name="context">Of the device.</param>
    /// <param name="queue">That tables are sent by; it has sent them when this returns.</param>
    /// <param name="plan">What to compute.</param>
    /// <exception cref="NotSupportedException">The device divides otherwise than IEEE 754 says.</exception>
    public ToneMapKernel(DeviceContext context, DeviceQueue queue, ToneMapPlan plan)
    {
        this.plan = plan;
        values = new(plan);
        map = context.WithExactDivision().NewKernel("tonemap", string.Create(CultureInfo.InvariantCulture, $"map_{plan.TargetBits}"));
        count = context.NewKernel("tonemap", "count_brightness");
        tables = new(context, queue);
        numbers = tables.Table(Numbers);
        light = tables.Table<int>(values.Light);
        gain = tables.Table<int>(values.Gain.Entries);
        surround = tables.Table<int>(values.Surround.Entries);
        shown = tables.Table<int>(values.Shown.Entries);
        nearer = tables.Table<int>(values.Nearer.Entries);
        pqCode = tables.Table<int>(values.PqCode.Entries);
        lumaBias = tables.Table<int>(PlanePlan.Places(values.LumaBias));
        colourBias = tables.Table<int>(PlanePlan.Places(values.ColourBias));
        counts = tables.Room<int>(ScenePeak.Bins);
    }

    /// <summary>The constants, in the order of the kernels' list.</summary>
    private static ReadOnlySpan<int> Numbers => new[]
    {
        ToneTables.SignalLuma, ToneTables.SignalBias, ToneTables.SignalRed, ToneTables.SignalGreenBlue, ToneTables.SignalGreenRed, ToneTables.SignalBlue,
        ToneTables.SourceLuminance.Red, ToneTables.SourceLuminance.Blue, ToneTables.TargetLuminance.Red, ToneTables.TargetLuminance.Blue,
        ToneTables.RedGains.Green, ToneTables.RedGains.Blue, ToneTables.GreenGains.Red, ToneTables.GreenGains.Blue, ToneTables.BlueGains.Red, ToneTables.BlueGains.Green,
        ToneTables.Luma.Red, ToneTables.Luma.Green, ToneTables.Luma.Blue,
        ToneTables.ColourBlue.Red, ToneTables.ColourBlue.Green, ToneTables.ColourBlue.Blue,
        ToneTables.ColourRed.Red, ToneTables.ColourRed.Green, ToneTables.ColourRed.Blue,
    };

    public void Prepare(DeviceQueue queue, int? peakNits)
    {
        if (values.SetPeak(peakNits ?? plan.PeakNits))
        {
            queue.WriteNow<int>(gain, values.Gain.Entries);
        }
    }

    /// <summary>Maps a picture of 4:2:0 and 10 bits to one of the same size and the plan's depth.</summary>
    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        PicturePlanes target = targets[0];
        DevicePlane luma = source.Component(0);
        return queue.Run(
            map.With(
            [
                .. Source(source), plan.Gamut == GamutMapping.Desaturate ? 1 : 0,
                .. target.Component(0).Arguments, .. target.Component(1).Arguments, .. target.Component(2).Arguments,
                numbers, light, gain, surround, shown, nearer, lumaBias, colourBias, values.LumaShift, values.ColourOutShift,
            ]),
            Groups.For(luma.Columns, luma.Rows),
            Groups.Local,
            waits);
    }

    /// <summary>Adds a picture's pixels to counts of how bright they are; returns when that is done.</summary>
    /// <param name="queue">That runs it.</param>
    /// <param name="source">The picture.</param>
    /// <param name="sums"><see cref="ScenePeak.Bins"/> of them.</param>
    public void Count(DeviceQueue queue, PicturePlanes source, Span<long> sums)
    {
        DevicePlane luma = source.Component(0);
        queue.Clear(counts).Dispose();
        queue.Run(count.With([.. Source(source), numbers, light, surround, pqCode, counts]), Groups.For(luma.Columns, luma.Rows), Groups.Local).Dispose();
        int[] counted = queue.ReadNow<int>(counts, ScenePeak.Bins);
        for (int i = 0; i < counted.Length; i++)
        {
            sums[i] += counted[i];
        }
    }

    public void Dispose()
    {
        map.Dispose();
        count.Dispose();
        tables.Dispose();
    }

    private KernelArgument[] Source(PicturePlanes source)
    {
        DevicePlane luma = source.Component(0);
        return
        [
            .. luma.Arguments, .. source.Component(1).Arguments, .. source.Component(2).Arguments,
            luma.Columns, luma.Rows, plan.Siting == ChromaSiting.TopLeft ? 1 : 0, plan.Transfer == HdrTransfer.Hlg ? 1 : 0,
        ];
    }
}
