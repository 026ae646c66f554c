using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Kernels;

[Collection(OpenClCollection.Name)]
public sealed class CopyKernelTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Rows_AtAnyPitch_AreCopiedAndNothingElse(bool tight, bool toTight)
    {
        DeviceContext context = TestDevice.Context();
        using DeviceQueue queue = context.NewQueue();
        using var kernel = new CopyKernel(context);
        foreach ((int width, int height) in TestPicture.AwkwardSizes.Where(size => size.Width < 1919 || (!tight && toTight) || !TestDevice.TakesFewSizes))
        {
            PixelLayout layout = PixelLayout.Named("yuv420p")!;
            TestPicture source = TestPicture.Noise(layout, width, height, tight);
            TestPicture target = TestPicture.Empty(layout, width, height, toTight);
            using var from = new KernelPicture(context, queue, source);
            using var to = new KernelPicture(context, queue, target);
            for (int plane = 0; plane < layout.Planes; plane++)
            {
                kernel.Rows(queue, from.Planes.Bytes(plane), to.Planes.Bytes(plane)).Dispose();
            }

            to.Read();

            Assert.True(source.Packed().AsSpan().SequenceEqual(target.Packed()), $"{width}×{height}");
            Assert.True(target.GapsAreUntouched(), $"{width}×{height}");
        }
    }
}
