using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>Work on a device: a picture goes there once, and all that is wanted is made of it. While one is sent another is worked on and
/// a third brought back, each by a queue of its own.</summary>
internal sealed class DeviceStage : IPictureStage
{
    /// <summary>One sent, one worked on, one brought back.</summary>
    public const int DefaultDepth = 3;

    private readonly PixelLayout layout;
    private readonly DeviceQueue sending;
    private readonly DeviceQueue working;
    private readonly DeviceQueue bringing;
    private readonly List<IDisposable> owned = [];
    private readonly IDeviceWork work;
    private readonly PicturePool[] pools;
    private readonly Slot[] ring;
    private long begun;
    private long finished;

    /// <param name="context">Of the device; outlives this.</param>
    /// <param name="source">Of the pictures.</param>
    /// <param name="targets">Of what is made of each.</param>
    /// <param name="work">Makes the work, for this stage alone; the queue is for what has to be sent beforehand.</param>
    /// <param name="depth">Pictures under way: each takes memory for itself and what is made of it.</param>
    /// <param name="shared">As of <see cref="DevicePicture.New"/>.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    /// <exception cref="NotSupportedException">The work is not for such pictures.</exception>
    public DeviceStage(
        DeviceContext context, PictureShape source, IReadOnlyList<PictureShape> targets, Func<DeviceContext, DeviceQueue, IDeviceWork> work, int depth = DefaultDepth, bool? shared = null)
    {
        layout = source.Layout;
        try
        {
            sending = Owned(context.NewQueue());
            working = Owned(context.NewQueue());
            bringing = Owned(context.NewQueue());
            this.work = Owned(work(context, working));
            pools = [.. targets.Select(target => Owned(target.Layout.NewPool(target.Width, target.Height)))];
            ring = [.. Enumerable.Range(0, depth).Select(_ => new Slot(
                Owned(DevicePicture.New(context, sending, source, shared)),
                [.. targets.Select(target => Owned(DevicePicture.New(context, bringing, target, shared)))]))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Scales pictures to several sizes.</summary>
    /// <param name="context">Of the device; outlives this.</param>
    /// <param name="order">What to make.</param>
    /// <param name="shared">As of <see cref="DevicePicture.New"/>.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    /// <exception cref="NotSupportedException">A rung is so much smaller that the kernel cannot make it.</exception>
    public static DeviceStage Rungs(DeviceContext context, RungsOrder order, bool? shared = null) => new(
        context,
        new(order.Source, order.Width, order.Height),
        [.. order.Rungs.Select(rung => new PictureShape(rung.Layout, rung.Width, rung.Height))],
        (context, queue) => new ScaleWork(context, queue, [.. Enumerable.Range(0, order.Rungs.Count).Select(order.Plans)]),
        shared: shared);

    /// <summary>Scales pictures to one size, maps them from HDR to SDR, or does both without bringing them back between.</summary>
    /// <param name="context">Of the device; outlives this.</param>
    /// <param name="order">What to make.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    /// <exception cref="NotSupportedException">The kernels are not for this.</exception>
    public static DeviceStage Shape(DeviceContext context, ShapeOrder order) => new(
        context, order.Source, [order.Target], (opened, queue) => new ShapeWork(opened, queue, order), depth: 1);

    public int Depth => ring.Length;

    /// <summary>Has every kernel run once, on whatever memory holds: the first time of each is the slowest by far.</summary>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails.</exception>
    public void WarmUp()
    {
        Work(ring[0]).Dispose();
        working.Finish();
    }

    public void Begin(AvFrame picture, int? peakNits = null)
    {
        if (begun - finished == ring.Length)
        {
            throw new InvalidOperationException($"{ring.Length} pictures are under way.");
        }

        Slot slot = ring[begun % ring.Length];
        slot.Like.Describe(picture);
        work.Prepare(working, peakNits);
        using DeviceEvent sent = slot.Source.Fill(sending, new PictureView(picture, layout));
        sending.Flush();
        using DeviceEvent made = Work(slot, sent);
        working.Flush();
        slot.Brought = [.. slot.Targets.Select(target => target.Fetch(bringing, made))];
        bringing.Flush();
        begun++;
    }

    public void Finish(IReadOnlyList<AvFrame> outputs)
    {
        if (begun == finished)
        {
            throw new InvalidOperationException("No picture is under way.");
        }

        Slot slot = ring[finished % ring.Length];
        finished++;
        for (int i = 0; i < slot.Targets.Length; i++)
        {
            slot.Brought[i].Wait();
            pools[i].Take(outputs[i], slot.Like);
            slot.Targets[i].Take(bringing, new PictureView(outputs[i], slot.Targets[i].Shape.Layout));
            slot.Brought[i].Dispose();
        }

        slot.Like.Clear();
    }

    public void Dispose()
    {
        foreach (Slot slot in ring ?? [])
        {
            slot.Dispose();
        }

        owned.Reverse();
        owned.ForEach(one => one.Dispose());
        owned.Clear();
    }

    private DeviceEvent Work(Slot slot, params ReadOnlySpan<DeviceEvent> waits) =>
        work.Run(working, slot.Source.Planes, [.. slot.Targets.Select(target => target.Planes)], waits);

    private T Owned<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }

    /// <summary>A picture's place in the ring.</summary>
    private sealed class Slot(DevicePicture source, DevicePicture[] targets) : IDisposable
    {
        public DevicePicture Source => source;

        public DevicePicture[] Targets => targets;

        /// <summary>What the picture says of itself, without its samples.</summary>
        public AvFrame Like { get; } = new();

        /// <summary>A target each.</summary>
        public DeviceEvent[] Brought { get; set; } = [];

        public void Dispose()
        {
            Like.Dispose();
            foreach (DeviceEvent one in Brought)
            {
                one.Dispose();
            }
        }
    }
}
