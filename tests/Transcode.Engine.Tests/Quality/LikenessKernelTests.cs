using Transcode.Engine.Quality;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Kernels;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Quality;

[Collection(OpenClCollection.Name)]
public sealed class LikenessKernelTests
{
    /// <summary>One sample, less than a window, blocks of every size, and pictures of which squares of four are taken together.</summary>
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (7, 9), (17, 33), (200, 120), (641, 481), (2561, 1441)];

    public static TheoryData<string> Layouts => [.. DevicePictures.Layouts];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Metrics_OnTheDevice_AreTheScalarOnes(string layoutName)
    {
        PixelLayout layout = PixelLayout.Named(layoutName)!;
        foreach ((int width, int height) in Sizes.Where(size => size.Width < (TestDevice.TakesFewSizes ? 100 : layout.IsPaired ? 1000 : 9999)))
        {
            Compare(layout, width, height);
        }
    }

    private static void Compare(PixelLayout layout, int width, int height)
    {
        DeviceContext context = TestDevice.Context();
        TestPicture[] pictures = [.. Enumerable.Range(0, 4).Select(number => DevicePictures.Scene(layout, width, height, tight: number % 2 == 0, noise: 9, number))];
        TestPlane[] planes = [.. pictures.Select(picture => picture.Component(0))];
        PlaneShape shape = planes[0].Shape();
        using DeviceQueue queue = context.NewQueue();
        KernelPicture[] on = [.. pictures.Select(picture => new KernelPicture(context, queue, picture))];
        DevicePlane[] components = [.. on.Select(picture => picture.Planes.Component(0))];
        foreach (bool secondOrder in new[] { false, true })
        {
            using var kernel = new LikenessKernel(context, queue, shape, secondOrder);
            var xpsnr = new Xpsnr(shape, secondOrder, LaneWidth.None);
            string what = $"{layout.Name} {width}×{height}, second order: {secondOrder}";

            Assert.Equal(PlaneError.Squared(shape, planes[0].Memory, planes[0].Pitch, planes[3].Memory, planes[3].Pitch, LaneWidth.None), kernel.SquaredError(queue, components[0], components[3]));
            Assert.Equal(new Ssim(shape, LaneWidth.None).Of(planes[0].Memory, planes[0].Pitch, planes[3].Memory, planes[3].Pitch), kernel.Ssim(queue, components[0], components[3]));
            Assert.True(xpsnr.WeightedError(View(0), View(1), View(2), View(3)) == kernel.WeightedError(queue, components[0], components[1], components[2], components[3]), what);
            Assert.True(xpsnr.WeightedError(View(0), View(1), default, View(3)) == kernel.WeightedError(queue, components[0], components[1], null, components[3]), what);
            Assert.True(xpsnr.WeightedError(View(0), default, default, View(3)) == kernel.WeightedError(queue, components[0], null, null, components[3]), what);
        }

        Array.ForEach(on, picture => picture.Dispose());

        PlaneView View(int number) => new(planes[number].Memory, planes[number].Pitch);
    }
}
