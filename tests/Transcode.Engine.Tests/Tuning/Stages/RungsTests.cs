using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Stages;

/// <summary>Pictures scaled to several rungs on the device, by the processor, and by the one where the other fails.</summary>
[Collection(OpenClCollection.Name)]
public sealed class RungsTests
{
    private const int Pictures = 11;

    private const int Width = 161;

    private const int Height = 91;

    private static readonly bool[] Either = [true, false];

    /// <summary>The first, those with others under way before and behind them, the last.</summary>
    private static readonly int[] FailingPictures = [0, 1, 4, 10];

    public static TheoryData<string, bool> Ways => new(
        from layout in "yuv420p nv12 yuv422p yuv420p10le p010le".Split(' ')
        from shared in Either
        select (layout, shared));

    /// <summary>Failures at any picture, while it begins and while it is finished, of a device that is lost and of one that is not.</summary>
    public static TheoryData<string, int, int> Failures => new(
        from moment in "begin finish".Split(' ')
        from number in FailingPictures
        from isLost in Either
        select (moment, number, isLost ? ClError.CL_DEVICE_NOT_AVAILABLE : ClError.CL_MEM_OBJECT_ALLOCATION_FAILURE));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Rungs_OnTheDevice_AreTheProcessorsToTheByte(string layout, bool shared)
    {
        RungsOrder order = Order(layout);
        using var device = DeviceStage.Rungs(TestDevice.Context(), order, shared);
        device.WarmUp();

        Assert.Equal(Expected(order), Run(device, order));
        Assert.Throws<InvalidOperationException>(() => device.Finish([]));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Rungs_OfADeviceThatFails_AreAllThereAndTheSame(string moment, int number, int code)
    {
        RungsOrder order = Order("yuv420p");
        bool hasFailed = false;
        Exception? Fails(string when, int which)
        {
            if (hasFailed || (when, which) != (moment, number))
            {
                return null;
            }

            hasFailed = true;
            return new OpenClException(code, "clEnqueueNDRangeKernel");
        }

        var failures = new List<Exception>();
        using var stage = new SteadyStage(
            DeviceStage.DefaultDepth,
            () => new FailingStage(DeviceStage.Rungs(TestDevice.Context(), order), Fails),
            () => new VectorRungs(order, PlaneScaler.Widest),
            failures.Add);

        Assert.Equal(Expected(order), Run(stage, order));
        Assert.Single(failures);
        Assert.Equal(code == ClError.CL_DEVICE_NOT_AVAILABLE, stage.IsOnProcessor);
    }

    /// <summary>One that never works is tried thrice; one that works in between, as long as it does.</summary>
    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(2, 3, false)]
    public void Device_ThatFailsAgainAndAgain_IsLeftAlone(int every, int atLeast, bool leftAlone)
    {
        RungsOrder order = Order("yuv420p");
        int asked = 0;
        var failures = new List<Exception>();
        using var stage = new SteadyStage(
            1,
            () => new FailingStage(
                new VectorRungs(order, LaneWidth.One),
                (when, _) => when == "finish" && ++asked % every == 0 ? new OpenClException(ClError.CL_OUT_OF_HOST_MEMORY, "clEnqueueReadBuffer") : null),
            () => new VectorRungs(order, PlaneScaler.Widest),
            failures.Add);

        Assert.Equal(Expected(order), Run(stage, order));
        Assert.Equal(leftAlone, stage.IsOnProcessor);
        Assert.True(leftAlone ? failures.Count == atLeast : failures.Count >= atLeast);
    }

    /// <summary>A machine without the device, and a picture too wide for the kernel, are the processor's from the first picture on.</summary>
    [Fact]
    public void Device_ThatCannotBeSetUp_IsLeftAlone()
    {
        RungsOrder order = Order("yuv420p");
        var failures = new List<Exception>();
        using var stage = new SteadyStage(
            DeviceStage.DefaultDepth, () => throw new NotSupportedException("too wide"), () => new VectorRungs(order, PlaneScaler.Widest), failures.Add);

        Assert.Equal(Expected(order), Run(stage, order));
        Assert.True(stage.IsOnProcessor);
        Assert.Single(failures);
    }

    [Fact]
    public void Order_OfMoreBitsOrMoreColour_IsRefused()
    {
        PixelLayout eight = PixelLayout.Named("nv12")!;
        Assert.Throws<NotSupportedException>(() => new RungsOrder(ScaleFilter.Bicubic, eight, 8, 8, ChromaSiting.Left, (PixelLayout.Named("p010le")!, 4, 4)));
        Assert.Throws<NotSupportedException>(() => new RungsOrder(ScaleFilter.Bicubic, eight, 8, 8, ChromaSiting.Left, (PixelLayout.Named("yuv444p")!, 4, 4)));
    }

    internal static RungsOrder Order(string name)
    {
        PixelLayout layout = PixelLayout.Named(name)!;
        PixelLayout planes = PixelLayout.Named(layout.Bits == 8 ? "yuv420p" : "yuv420p10le")!, pairs = PixelLayout.Named(layout.Bits == 8 ? "nv12" : "p010le")!;
        return new(ScaleFilter.Bicubic, layout, Width, Height, ChromaSiting.Left, (planes, 107, 61), (pairs, 80, 45), (PixelLayout.Named("yuv420p")!, 54, 30));
    }

    /// <summary>One after the other, by the scalar references.</summary>
    internal static List<string> Expected(RungsOrder order)
    {
        using var stage = new VectorRungs(order, LaneWidth.None);
        return Run(stage, order);
    }

    /// <summary>Runs pictures through, as many under way as there may be. What comes out, in order, by its time and bytes.</summary>
    internal static List<string> Run(IPictureStage stage, RungsOrder order)
    {
        var made = new List<string>();
        AvFrame[] outputs = [.. order.Rungs.Select(_ => new AvFrame())];
        for (int number = 0; number < Pictures + stage.Depth; number++)
        {
            if (number >= stage.Depth)
            {
                stage.Finish(outputs);
                made.AddRange(outputs.Select((output, i) =>
                    $"{output.Pts} {output.Width}×{output.Height} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(StagePictures.Packed(output, order.Rungs[i].Layout)))}"));
            }

            if (number < Pictures)
            {
                using AvFrame picture = StagePictures.Picture(order.Source, order.Width, order.Height, number);
                stage.Begin(picture);
            }
        }

        foreach (AvFrame output in outputs)
        {
            output.Dispose();
        }

        return made;
    }
}
