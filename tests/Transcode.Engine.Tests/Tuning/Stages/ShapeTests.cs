using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.ToneMapping;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Stages;

/// <summary>A rung's pictures as the pipeline shapes them, on the device and on the processor.</summary>
[Collection(OpenClCollection.Name)]
public sealed class ShapeTests
{
    private const int Width = 161;

    private const int Height = 91;

    /// <summary>Layout, scaled layout, whether scaled, bits after tone mapping (0 for none).</summary>
    public static TheoryData<string, string, bool, int> Orders => new(
        ("yuv420p", "yuv420p", true, 0),
        ("yuv422p", "yuv420p", true, 0),
        ("yuv420p10le", "yuv420p10le", true, 0),
        ("yuv420p10le", "yuv420p", true, 0),
        ("yuv420p10le", "yuv420p10le", true, 8),
        ("yuv444p10le", "yuv420p10le", true, 10),
        ("yuv420p10le", "yuv420p10le", false, 8));

    [Theory]
    [MemberData(nameof(Orders))]
    public void Picture_OnTheDevice_IsTheProcessorsToTheByte(string from, string to, bool scales, int mapped)
    {
        ToneMapPlan? plan = mapped == 0 ? null : ToneMapperTests.Plan(nameof(HdrTransfer.Pq), "mobius-1", nameof(GamutMapping.Clip), mapped);
        var order = new ShapeOrder(
            scales ? ScaleFilter.Bicubic : null,
            PixelLayout.Named(from)!,
            (Width, Height),
            scales ? (106, 60) : (Width, Height),
            PixelLayout.Named(to)!,
            ChromaSiting.TopLeft,
            plan);
        using var device = DeviceStage.Shape(TestDevice.Context(), order);
        using var processor = new VectorShape(order, PlaneScaler.Widest);
        using AvFrame one = new(), other = new();
        for (int number = 0; number < 3; number++)
        {
            using AvFrame picture = StagePictures.Picture(order.SourceLayout, Width, Height, number);
            picture.ChromaLocation = AvUtil.AVCHROMA_LOC_TOPLEFT;
            int? peakNits = number == 0 ? null : 300 * number;
            Make(device, picture, one, peakNits);
            Make(processor, picture, other, peakNits);

            Assert.Equal(number, one.Pts);
            Assert.Equal(StagePictures.Packed(other, order.Target.Layout), StagePictures.Packed(one, order.Target.Layout));
        }
    }

    private static void Make(IPictureStage stage, AvFrame picture, AvFrame output, int? peakNits)
    {
        stage.Begin(picture, peakNits);
        stage.Finish([output]);
    }
}
