using Transcode.Engine.Tests.Tuning.Analysis;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tests.Tuning.Planes;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Kernels;

[Collection(OpenClCollection.Name)]
public sealed class AnalysisKernelTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (3, 5), (17, 33), (40, 66), (131, 200)];

    /// <summary>Noise, whether there is a picture before, and how many bands are looked at.</summary>
    private static readonly (int Noise, bool HasBefore, int Bands)[] Looks = [(5, true, 2), (0, true, int.MaxValue), (255, false, int.MaxValue)];

    public static TheoryData<string> Layouts => [.. DevicePictures.Layouts];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Analysis_OnTheDevice_IsTheScalarOne(string layoutName)
    {
        PixelLayout layout = PixelLayout.Named(layoutName)!;
        (int Width, int Height)[] sizes = [.. Sizes.Where(size => size.Width < 50 || !TestDevice.TakesFewSizes), .. TestDevice.TakesFewSizes || layout.IsPaired ? [] : new[] { (1919, 1079) }];
        foreach ((int width, int height) in sizes)
        {
            foreach ((int noise, bool hasBefore, int bands) in TestDevice.TakesFewSizes ? Looks[..1] : Looks)
            {
                Compare(layout, width, height, noise, hasBefore, bands);
            }
        }
    }

    /// <summary>Of both planes of colour, beside a brightness that says of some blocks that they cannot show any.</summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public void ColourNoise_OnTheDevice_IsTheScalarOne(string layoutName)
    {
        PixelLayout layout = PixelLayout.Named(layoutName)!;
        DeviceContext context = TestDevice.Context();
        using DeviceQueue queue = context.NewQueue();
        foreach ((int width, int height) in TestDevice.TakesFewSizes ? new[] { (1, 1), (69, 67) } : [(1, 1), (3, 5), (33, 35), (69, 67), (70, 68), (262, 399), (641, 359)])
        {
            foreach (int bands in new[] { 2, int.MaxValue })
            {
                TestPicture picture = DevicePictures.Of(layout, width, height, tight: true, (component, columns, rows) =>
                    component == 0 ? Spotted(columns, rows, layout.Bits) : KernelCases.Scene(columns, rows, layout.Bits, noise: 5, number: 1));
                TestPicture before = DevicePictures.Scene(layout, width, height, tight: false, noise: 5);
                using var on = new KernelPicture(context, queue, picture);
                using var onBefore = new KernelPicture(context, queue, before);
                TestPlane luma = picture.Component(0), grey = TestPlane.Of(width, height, layout.Bits, 0, (_, _) => 128 << (layout.Bits - 8));
                for (int component = 1; component <= 2; component++)
                {
                    TestPlane colour = picture.Component(component), then = before.Component(component);
                    using var kernel = new ColourNoiseKernel(context, queue, colour.Shape(), bands);
                    double expected = Scalar(luma);
                    Assert.Equal(expected, kernel.Of(queue, on.Planes.Component(0), on.Planes.Component(component), onBefore.Planes.Component(component)));
                    Assert.True(width < 600 || bands < int.MaxValue || (expected > 0 && expected != Scalar(grey)), $"{width}×{height}: {expected}");

                    double Scalar(TestPlane brightness) => new ColourNoise(colour.Shape(), LaneWidth.None, bands).Of(
                        new(brightness.Memory, brightness.Pitch), new(colour.Memory, colour.Pitch), new(then.Memory, then.Pitch));
                }
            }
        }
    }

    /// <summary>Grey, with rectangles of black and of white whose edges are those of no block.</summary>
    private static TestPlane Spotted(int width, int height, int bits) =>
        TestPlane.Of(width, height, bits, 0, (x, y) => (((x / 37) + (y / 29)) % 7 switch { 0 => 12, 3 => 240, _ => 120 }) << (bits - 8));

    private static void Compare(PixelLayout layout, int width, int height, int noise, bool hasBefore, int bands)
    {
        DeviceContext context = TestDevice.Context();
        TestPicture picture = DevicePictures.Scene(layout, width, height, tight: true, noise, number: 1);
        TestPicture before = DevicePictures.Scene(layout, width, height, tight: false, noise);
        TestPlane luma = picture.Component(0), lumaBefore = before.Component(0);
        using DeviceQueue queue = context.NewQueue();
        using var kernel = new AnalysisKernel(context, queue, luma.Shape(), bands);
        using var on = new KernelPicture(context, queue, picture);
        using var onBefore = new KernelPicture(context, queue, before);

        string expected = PictureAnalyzerTests.Text(new PictureAnalyzer(luma.Shape(), LaneWidth.None, bands)
            .Analyze(new(luma.Memory, luma.Pitch), hasBefore ? new(lumaBefore.Memory, lumaBefore.Pitch) : default));
        string made = PictureAnalyzerTests.Text(kernel.Analyze(queue, on.Planes.Component(0), hasBefore ? onBefore.Planes.Component(0) : null));
        Assert.Equal(expected, made);
    }
}
