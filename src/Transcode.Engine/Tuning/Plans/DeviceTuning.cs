using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>Does what a plan says on a device. A picture goes there once, however many are averaged with it, and all steps are done before what
/// came of it is brought back.</summary>
internal sealed class DeviceTuning : ITuning
{
    private readonly PixelLayout layout;
    private readonly PictureShape shape;
    private readonly PicturePool pool;
    private readonly DeviceQueue queue;
    private readonly AverageKernel? average;

    /// <summary>For each component what is done to it after averaging in time.</summary>
    private readonly IPlaneStep[][] steps = new IPlaneStep[PixelLayout.Components][];
    private readonly CopyKernel copy;
    private readonly List<IDisposable> owned = [];

    /// <summary>Pictures that are there, and which of those held they are.</summary>
    private readonly (DevicePicture There, AvFrame? Here)[] pictures;
    private readonly PicturePlanes[] between;
    private readonly DevicePicture target;

    /// <param name="context">Of the device; outlives this.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="pixelFormat">libav's name of the pictures' layout.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="pool">Of such pictures, for the results; it stays the caller's.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    /// <exception cref="NotSupportedException">The device or the layout is not for this.</exception>
    public DeviceTuning(DeviceContext context, TuningPlan plan, string pixelFormat, int width, int height, PicturePool pool)
    {
        layout = PixelLayout.Named(pixelFormat) ?? throw new NotSupportedException($"Pictures in {pixelFormat} are not tuned on devices.");
        shape = new(layout, width, height);
        this.pool = pool;
        try
        {
            queue = Owned(context.NewQueue());
            copy = Owned(new CopyKernel(context));
            average = plan.TemporalQuarters == 0 ? null : Owned(new AverageKernel(context, layout.Bits, TuningKernels.Thresholds(plan, layout.Bits)));
            for (int component = 0; component < steps.Length; component++)
            {
                steps[component] = [.. Steps(context, plan, component).Select(Owned)];
            }

            pictures = [.. Enumerable.Range(0, average is null ? 1 : (2 * TuningKernels.Reach) + 1).Select(_ => (Owned(DevicePicture.New(context, queue, shape)), (AvFrame?)null))];
            between = [.. Enumerable.Range(0, 2).Select(_ => new PicturePlanes(Owned(DeviceBuffer.OfDevice(context, shape.Bytes)), shape))];
            target = Owned(DevicePicture.New(context, queue, shape));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Run(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output)
    {
        Forget([picture, .. before, .. after]);
        PicturePlanes centre = On(picture);
        PicturePlanes[] earlier = average is null ? [] : [.. before.Select(On)];
        PicturePlanes[] later = average is null ? [] : [.. after.Select(On)];
        for (int component = 0; component < steps.Length; component++)
        {
            Make(component, centre, earlier, later);
        }

        using DeviceEvent brought = target.Fetch(queue);
        brought.Wait();
        pool.Take(output, picture);
        target.Take(queue, new PictureView(output, layout));
    }

    public void Dispose()
    {
        owned.Reverse();
        owned.ForEach(one => one.Dispose());
        owned.Clear();
    }

    /// <summary>What does each step of a plan to a component.</summary>
    private IEnumerable<IPlaneStep> Steps(DeviceContext context, TuningPlan plan, int component)
    {
        int spatial = plan.SpatialTenthsOf(component);
        if (spatial > 0)
        {
            yield return new PatchKernel(context, layout.Bits, spatial);
        }

        if (plan.DebandQuarters > 0)
        {
            yield return new DebandKernel(context, layout.Bits, TuningKernels.Bands(plan, layout.Bits));
        }

        if (plan.SharpenHundredths > 0 && component == 0)
        {
            yield return new SharpenKernel(context, layout.Bits, plan.SharpenHundredths);
        }
    }

    private void Make(int component, PicturePlanes centre, PicturePlanes[] earlier, PicturePlanes[] later)
    {
        DevicePlane now = centre.Component(component);
        DevicePlane last = target.Planes.Component(component);
        int left = steps[component].Length, turn = 0;
        if (average is not null)
        {
            DevicePlane next = left == 0 ? last : between[turn++ % 2].Component(component);
            average.Run(queue, now, [.. earlier.Select(one => one.Component(component))], [.. later.Select(one => one.Component(component))], next).Dispose();
            now = next;
        }

        foreach (IPlaneStep step in steps[component])
        {
            DevicePlane next = --left == 0 ? last : between[turn++ % 2].Component(component);
            step.Run(queue, now, next).Dispose();
            now = next;
        }

        if (now == centre.Component(component))
        {
            // No step is for this component: planes alone are tuned, so a component is a plane.
            copy.Rows(queue, centre.Bytes(component), target.Planes.Bytes(component)).Dispose();
        }
    }

    /// <summary>The picture as it is there; it is sent where it is not.</summary>
    private PicturePlanes On(AvFrame picture)
    {
        int at = Array.FindIndex(pictures, one => ReferenceEquals(one.Here, picture));
        if (at < 0)
        {
            at = Array.FindIndex(pictures, one => one.Here is null);
            pictures[at].There.Fill(queue, new PictureView(picture, layout)).Dispose();
            pictures[at].Here = picture;
        }

        return pictures[at].There.Planes;
    }

    /// <summary>Those that are not wanted now will not be again: a shot goes on.</summary>
    private void Forget(AvFrame[] wanted)
    {
        for (int i = 0; i < pictures.Length; i++)
        {
            if (pictures[i].Here is { } held && !wanted.Any(one => ReferenceEquals(one, held)))
            {
                pictures[i].Here = null;
            }
        }
    }

    private T Owned<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
