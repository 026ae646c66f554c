using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tests.Tuning.ToneMapping;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;
using Xunit;
using HdrPicture = Transcode.Engine.Tests.Tuning.ToneMapping.TestPicture;
using TestPicture = Transcode.Engine.Tests.Tuning.Layouts.TestPicture;

namespace Transcode.Engine.Tests.Tuning.Kernels;

[Collection(OpenClCollection.Name)]
public sealed class ToneMapKernelTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (3, 5), (17, 33), (70, 41)];

    private static readonly (string From, string To)[] Layouts = [("yuv420p10le", "yuv420p"), ("p010le", "nv12"), ("yuv420p10le", "p010le"), ("p010le", "yuv420p10le")];

    public static TheoryData<string, string> Ways => new(from transfer in Enum.GetNames<HdrTransfer>() from gamut in Enum.GetNames<GamutMapping>() select (transfer, gamut));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Picture_OnTheDevice_IsTheScalarOneToTheByte(string transfer, string gamut)
    {
        bool few = TestDevice.TakesFewSizes && (transfer, gamut) != (nameof(HdrTransfer.Pq), nameof(GamutMapping.Desaturate));
        foreach ((string from, string to) in few ? Layouts[..1] : Layouts)
        {
            foreach ((int width, int height) in Sizes.Where(size => size.Width < 50 || !TestDevice.TakesFewSizes))
            {
                foreach (ChromaSiting siting in new[] { ChromaSiting.TopLeft, ChromaSiting.Left })
                {
                    Compare(Plan(transfer, gamut, to, siting), from, to, width, height);
                }
            }
        }

        if (!TestDevice.TakesFewSizes)
        {
            Compare(Plan(transfer, gamut, "nv12", ChromaSiting.TopLeft), "p010le", "nv12", 1919, 1079);
        }
    }

    private static ToneMapPlan Plan(string transfer, string gamut, string to, ChromaSiting siting) =>
        ToneMapperTests.Plan(transfer, "bt2390-1", gamut, PixelLayout.Named(to)!.Bits) with { Siting = siting };

    private static void Compare(ToneMapPlan plan, string from, string to, int width, int height)
    {
        DeviceContext context = TestDevice.Context();
        HdrPicture planes = HdrPicture.Noise(width, height, gap: 0);
        HdrPicture expected = planes.Mapped(plan, LaneWidth.None, gap: 0);
        long[] counts = new long[ScenePeak.Bins], counted = new long[ScenePeak.Bins];
        ToneMapper.For(plan, width, LaneWidth.None).Count(planes.Planes(), counts);
        TestPlane[] samples = [planes.Luma, planes.Cb, planes.Cr];
        using DeviceQueue queue = context.NewQueue();
        using var kernel = new ToneMapKernel(context, queue, plan);
        foreach (bool tight in new[] { true, false })
        {
            TestPicture source = DevicePictures.Of(PixelLayout.Named(from)!, width, height, tight, (component, _, _) => samples[component]);
            TestPicture made = TestPicture.Empty(PixelLayout.Named(to)!, width, height, tight);
            using var on = new KernelPicture(context, queue, source);
            using var target = new KernelPicture(context, queue, made);
            kernel.Run(queue, on.Planes, [target.Planes]).Dispose();
            target.Read();
            kernel.Count(queue, on.Planes, counted);

            string what = $"{plan}, {from} to {to}, {width}×{height}, tight: {tight}";
            Assert.True(expected.Packed().AsSpan().SequenceEqual([.. Enumerable.Range(0, PixelLayout.Components).SelectMany(component => made.Component(component).Packed())]), what);
            Assert.True(made.GapsAreUntouched(), what);
        }

        Assert.Equal(counts.Select(count => 2 * count), counted);
    }
}
