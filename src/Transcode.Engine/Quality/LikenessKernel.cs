using System.Globalization;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Quality;

/// <summary>How alike two planes are, as <see cref="PlaneError"/>, <see cref="Quality.Ssim"/> and <see cref="Xpsnr"/> have it: <c>likeness.cl</c>. Each
/// returns when it is done. Not for two threads at once.</summary>
internal sealed class LikenessKernel : IDisposable
{
    /// <summary>Of the blocks that errors are summed over where no other side is asked for.</summary>
    private const int ErrorSide = 64;

    private readonly PlaneShape shape;
    private readonly Ssim ssim;
    private readonly Xpsnr xpsnr;
    private readonly BlockActivity.Kind activity;
    private readonly DeviceKernel errors;
    private readonly DeviceKernel sums;
    private readonly DeviceKernel activities;
    private readonly KernelTables rooms;
    private readonly DeviceBuffer errorRoom;
    private readonly DeviceBuffer sumRoom;
    private readonly DeviceBuffer activityRoom;

    /// <param name="context">Of the device.</param>
    /// <param name="queue">Of the device.</param>
    /// <param name="shape">Of all planes.</param>
    /// <param name="secondOrder">As of <see cref="Xpsnr"/>.</param>
    public LikenessKernel(DeviceContext context, DeviceQueue queue, PlaneShape shape, bool secondOrder)
    {
        this.shape = shape;
        ssim = new(shape, LaneWidth.None);
        xpsnr = new(shape, secondOrder, LaneWidth.None);
        activity = xpsnr.Activity;
        errors = Kernel("errors");
        sums = Kernel("sums");
        activities = Kernel("activities");
        rooms = new(context, queue);
        errorRoom = rooms.Room<int>(2 * Math.Max(Blocks(ErrorSide), Blocks(Side)));
        sumRoom = rooms.Room<BlockSums>(Math.Max(1, shape.Width / Quality.Ssim.Block * (shape.Height / Quality.Ssim.Block)));
        activityRoom = rooms.Room<int>(2 * Blocks(Side));

        DeviceKernel Kernel(string name) => context.NewKernel("likeness", string.Create(CultureInfo.InvariantCulture, $"{name}_{shape.Bits}"));
    }

    private int Side => Math.Max(xpsnr.Side, 4);

    /// <summary>Sums errors up, for whoever reads them.</summary>
    public DeviceEvent SumErrors(DeviceQueue queue, DevicePlane a, DevicePlane b, int side = ErrorSide) => queue.Run(
        errors.With([.. a.Arguments, .. b.Arguments, shape.Width, shape.Height, side, errorRoom]), GroupsOf(side), Groups.Local);

    /// <summary>Sums blocks of 4×4 samples up, for whoever reads them; there is one at least.</summary>
    public DeviceEvent SumBlocks(DeviceQueue queue, DevicePlane a, DevicePlane b) => queue.Run(
        sums.With([.. a.Arguments, .. b.Arguments, shape.Width, shape.Height, sumRoom]),
        Groups.For(shape.Width / Quality.Ssim.Block, shape.Height / Quality.Ssim.Block),
        Groups.Local);

    /// <summary>Σ(a − b)².</summary>
    public long SquaredError(DeviceQueue queue, DevicePlane a, DevicePlane b) => Errors(queue, a, b, ErrorSide).Sum();

    /// <summary>As of <see cref="Quality.Ssim.Of"/>.</summary>
    public double? Ssim(DeviceQueue queue, DevicePlane a, DevicePlane b)
    {
        (int across, int down) = (shape.Width / Quality.Ssim.Block, shape.Height / Quality.Ssim.Block);
        if (across == 0 || down == 0)
        {
            return null;
        }

        SumBlocks(queue, a, b).Dispose();
        return ssim.OfSums(queue.ReadNow<BlockSums>(sumRoom, across * down));
    }

    /// <summary>As of <see cref="Xpsnr.WeightedError"/>.</summary>
    public double WeightedError(DeviceQueue queue, DevicePlane original, DevicePlane? before, DevicePlane? earlier, DevicePlane decoded)
    {
        if (xpsnr.Side == 0)
        {
            return SquaredError(queue, original, decoded);
        }

        int changes = before is null || (activity.SecondOrder && earlier is null) ? 0 : activity.SecondOrder ? 2 : 1;
        queue.Run(
            activities.With(
            [
                .. original.Arguments, .. (before ?? original).Arguments, .. (earlier ?? original).Arguments,
                shape.Width, shape.Height, Side, changes, activity.Halved ? 1 : 0, activityRoom,
            ]),
            GroupsOf(Side),
            Groups.Local).Dispose();
        int[] found = queue.ReadNow<int>(activityRoom, 2 * Blocks(Side));
        int across = GroupsOf(Side).Across;
        double[] values = [.. Enumerable.Range(0, Blocks(Side)).Select(i =>
            activity.Of(shape, Side, i % across * Side, i / across * Side, found[2 * i], found[(2 * i) + 1]))];
        return xpsnr.Weighted(values, Errors(queue, original, decoded, Side));
    }

    public void Dispose()
    {
        errors.Dispose();
        sums.Dispose();
        activities.Dispose();
        rooms.Dispose();
    }

    private long[] Errors(DeviceQueue queue, DevicePlane a, DevicePlane b, int side)
    {
        SumErrors(queue, a, b, side).Dispose();
        int[] halves = queue.ReadNow<int>(errorRoom, 2 * Blocks(side));
        return [.. Enumerable.Range(0, Blocks(side)).Select(i => halves[2 * i] + ((long)halves[(2 * i) + 1] << 16))];
    }

    private (int Across, int Down) GroupsOf(int side) => ((shape.Width + side - 1) / side, (shape.Height + side - 1) / side);

    private int Blocks(int side) => GroupsOf(side).Across * GroupsOf(side).Down;
}
