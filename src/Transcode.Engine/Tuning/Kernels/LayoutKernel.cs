using System.Globalization;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Lays pictures out in another way, as <see cref="LayoutConverter"/> does: <c>layout.cl</c>. Not for two threads at once.</summary>
internal sealed class LayoutKernel : IDeviceWork
{
    /// <summary>Samples of a component that an item makes.</summary>
    private const int ItemSamples = 8;

    private const int Alignment = 16;

    private readonly DeviceKernel plane;
    private readonly DeviceKernel pairs;
    private readonly PixelLayout from;
    private readonly PixelLayout to;

    /// <exception cref="NotSupportedException">One has more samples of colour than the other.</exception>
    public LayoutKernel(DeviceContext context, PixelLayout from, PixelLayout to)
    {
        if (!LayoutConverter.Knows(from, to))
        {
            throw new NotSupportedException($"{from.Name} cannot be laid out as {to.Name}.");
        }

        (this.from, this.to) = (from, to);
        string depths = string.Create(CultureInfo.InvariantCulture, $"{from.Bits}_{to.Bits}");
        plane = context.NewKernel("layout", "plane_" + depths);
        pairs = context.NewKernel("layout", "pairs_" + depths);
    }

    /// <summary>Lays a picture out as one of the same size.</summary>
    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        PicturePlanes target = targets[0];
        DeviceEvent done = Plane(queue, source.Component(0), target.Component(0), waits);
        if (from.IsPaired || to.IsPaired)
        {
            done.Dispose();
            return Pairs(queue, source, target);
        }

        for (int component = 1; component < PixelLayout.Components; component++)
        {
            done.Dispose();
            done = Plane(queue, source.Component(component), target.Component(component));
        }

        return done;
    }

    public void Dispose()
    {
        plane.Dispose();
        pairs.Dispose();
    }

    private static (int Across, int Down) GroupsFor(DevicePlane samples) => Groups.For((samples.Columns + ItemSamples - 1) / ItemSamples, samples.Rows);

    private DeviceEvent Plane(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => queue.Run(
        plane.With(
            source.Buffer, source.First, source.Pitch, source.Shift, target.Buffer, target.First, target.Pitch, target.Shift,
            source.Columns, source.Rows, source.IsAligned(Alignment) && target.IsAligned(Alignment) ? 1 : 0),
        GroupsFor(source),
        Groups.Local,
        waits);

    private DeviceEvent Pairs(DeviceQueue queue, PicturePlanes source, PicturePlanes target)
    {
        (DevicePlane first, DevicePlane second) = (source.Component(1), source.Component(2));
        (DevicePlane toFirst, DevicePlane toSecond) = (target.Component(1), target.Component(2));
        bool aligned = first.IsAligned(Alignment) && toFirst.IsAligned(Alignment)
            && (from.IsPaired || second.IsAligned(Alignment)) && (to.IsPaired || toSecond.IsAligned(Alignment));
        bool samePitches = first.Pitch == second.Pitch && toFirst.Pitch == toSecond.Pitch;
        return !samePitches
            ? throw new ArgumentException("Planes of colour whose rows lie differently far apart cannot be paired.")
            : queue.Run(
                pairs.With(
                    first.Buffer, first.First, second.First, first.Pitch, from.IsPaired ? 1 : 0, first.Shift,
                    toFirst.Buffer, toFirst.First, toSecond.First, toFirst.Pitch, to.IsPaired ? 1 : 0, toFirst.Shift,
                    first.Columns, first.Rows, aligned ? 1 : 0),
                GroupsFor(first),
                Groups.Local);
    }
}
