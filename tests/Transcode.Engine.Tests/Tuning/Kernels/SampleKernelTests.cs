using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Kernels;

/// <summary>Kernels of which each item makes a sample.</summary>
[Collection(OpenClCollection.Name)]
public sealed class SampleKernelTests
{
    /// <summary>One sample, less than a group, odd, and some groups across and down.</summary>
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (3, 5), (17, 33), (70, 41)];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach ((string kind, string layout) in from kind in DeviceCase.All.Select(one => one.Kind).Distinct() from layout in DevicePictures.Layouts select (kind, layout))
            {
                cases.Add(kind, layout);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Picture_OnTheDevice_IsTheScalarOneToTheByte(string kind, string layoutName)
    {
        PixelLayout layout = PixelLayout.Named(layoutName)!;
        DeviceCase[] settings = [.. DeviceCase.All.Where(one => one.Kind == kind)];
        foreach ((int width, int height) in Sizes.Where(size => size.Width < 50 || !TestDevice.TakesFewSizes))
        {
            foreach (DeviceCase setting in TestDevice.TakesFewSizes ? settings.Take(1) : settings)
            {
                foreach (bool tight in layout.Name != "yuv420p" && TestDevice.TakesFewSizes ? [layout.IsPaired] : new[] { true, false })
                {
                    Compare(setting, layout, width, height, tight);
                }
            }
        }

        if (!layout.IsPaired && !TestDevice.TakesFewSizes)
        {
            Compare(settings[0], layout, 1919, 1079, tight: true);
        }
    }

    [Fact]
    public void Pictures_ThatLieOtherwise_AreNotAveraged()
    {
        DeviceContext context = TestDevice.Context();
        PixelLayout layout = PixelLayout.Named("yuv420p")!;
        using DeviceQueue queue = context.NewQueue();
        using var one = new KernelPicture(context, queue, TestPicture.Empty(layout, 8, 8, tight: true));
        using var other = new KernelPicture(context, queue, TestPicture.Empty(layout, 8, 8, tight: false));
        using var average = new AverageKernel(context, 8, new(5, 10));
        using var weave = new WeaveKernel(context, 8);
        DevicePlane plane = one.Planes.Component(0), apart = other.Planes.Component(0);

        Assert.Throws<ArgumentException>(() => average.Run(queue, plane, [apart], [], apart));
        Assert.Throws<ArgumentException>(() => average.Run(queue, plane, [plane, plane, plane, plane, plane], [], apart));
        Assert.Throws<ArgumentException>(() => weave.Run(queue, plane, plane, apart, apart, default));
    }

    private static void Compare(DeviceCase setting, PixelLayout layout, int width, int height, bool tight)
    {
        DeviceContext context = TestDevice.Context();
        using DeviceQueue queue = context.NewQueue();
        TestPicture[] pictures = [.. Enumerable.Range(0, setting.Pictures).Select(number => DevicePictures.Scene(layout, width, height, tight, setting.Noise, number))];
        TestPicture made = TestPicture.Empty(layout, width, height, !tight);
        KernelPicture[] on = [.. pictures.Select(picture => new KernelPicture(context, queue, picture))];
        using var target = new KernelPicture(context, queue, made);
        (IDisposable owner, DeviceCase.Step run) = setting.Make(context, layout.Bits);
        for (int component = 0; component < PixelLayout.Components; component++)
        {
            run(queue, [.. on.Select(picture => picture.Planes.Component(component))], target.Planes.Component(component)).Dispose();
        }

        target.Read();
        owner.Dispose();
        Array.ForEach(on, picture => picture.Dispose());

        string what = $"{setting.Name}, {layout.Name} {width}×{height}, tight: {tight}";
        for (int component = 0; component < PixelLayout.Components; component++)
        {
            TestPlane expected = setting.Reference([.. pictures.Select(picture => picture.Component(component))]);
            Assert.True(expected.Packed().AsSpan().SequenceEqual(made.Component(component).Packed()), $"{what}, component {component}");
        }

        Assert.True(made.GapsAreUntouched(), what);
    }
}
