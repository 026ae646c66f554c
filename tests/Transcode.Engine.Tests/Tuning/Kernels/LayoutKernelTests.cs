using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Kernels;

[Collection(OpenClCollection.Name)]
public sealed class LayoutKernelTests
{
    public static TheoryData<string, string> Ways => LayoutConverterTests.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public void Picture_OnTheDevice_IsTheScalarOneToTheByte(string from, string to)
    {
        DeviceContext context = TestDevice.Context();
        (PixelLayout source, PixelLayout target) = (PixelLayout.Named(from)!, PixelLayout.Named(to)!);
        using DeviceQueue queue = context.NewQueue();
        using var kernel = new LayoutKernel(context, source, target);
        foreach ((int width, int height) in TestPicture.AwkwardSizes.Where(size => size.Width < 1919 || (from, to) == ("nv12", "yuv420p10le") || !TestDevice.TakesFewSizes))
        {
            foreach (bool tight in width >= 1919 && TestDevice.TakesFewSizes ? [true] : new[] { true, false })
            {
                TestPicture picture = TestPicture.Noise(source, width, height, tight);
                TestPicture expected = TestPicture.Empty(target, width, height, tight);
                TestPicture made = TestPicture.Empty(target, width, height, tight);
                LayoutConverter.For(source, target, LaneWidth.None).Convert(picture.View, expected.View);
                using var on = new KernelPicture(context, queue, picture);
                using var onTarget = new KernelPicture(context, queue, made);
                kernel.Run(queue, on.Planes, [onTarget.Planes]).Dispose();
                onTarget.Read();

                Assert.True(expected.Memory.AsSpan().SequenceEqual(made.Memory), $"{width}×{height}, tight: {tight}");
            }
        }
    }
}
