using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Kernels;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tests.Tuning.Stages;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Plans;

/// <summary>Tuning on the device, on the processor, and by the one where the other fails.</summary>
[Collection(OpenClCollection.Name)]
public sealed class DeviceTuningTests
{
    private const int Width = 97;

    private const int Height = 61;

    private const int Pictures = 9;

    /// <summary>Every step alone, all of them, and those that leave colour alone.</summary>
    private static readonly TuningPlan[] Plans = [new(48, 0, 0, 0), new TuningPlan(0, 60, 0, 0) { CbTenths = 90, CrTenths = 0 }, new(0, 0, 16, 0), new(0, 0, 0, 40), new(48, 60, 16, 40), new(48, 0, 0, 40)];

    public static TheoryData<int, string> Ways => new(from plan in Enumerable.Range(0, 6) from format in new[] { VideoRecipe.EightBits, VideoRecipe.TenBits } select (plan, format));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Shot_OnTheDevice_IsTheProcessorsToTheByte(int plan, string format)
    {
        using PicturePool pool = PixelLayout.Named(format)!.NewPool(Width, Height);
        using var device = new DeviceTuning(TestDevice.Context(), Plans[plan], format, Width, Height, pool);

        Assert.Equal(Expected(Plans[plan], format), Tuned(device, Plans[plan], format));
    }

    /// <summary>A picture at which the device fails is the processor's, and so are those after it.</summary>
    [Fact]
    public void Device_ThatFails_CostsNoPicture()
    {
        TuningPlan plan = Plans[4];
        using PicturePool pool = PixelLayout.Named(VideoRecipe.EightBits)!.NewPool(Width, Height);
        DeviceContext context = TestDevice.Context();
        List<string> told = [];
        PictureDevice device = PictureDevice.On(context, TimeProvider.System, told.Add);
        int runs = 0;
        using var steady = new SteadyTuning(
            device,
            () => new FailingTuning(new DeviceTuning(context, plan, VideoRecipe.EightBits, Width, Height, pool), () => ++runs == 2),
            () => new TuningKernels(plan, VideoRecipe.EightBits, Width, Height, pool, PlaneScaler.Widest),
            device.TimesOf("a kind")!);

        Assert.Equal(Expected(plan, VideoRecipe.EightBits), Tuned(steady, plan, VideoRecipe.EightBits));
        Assert.Equal(2, runs);
        Assert.EndsWith("the processor goes on", Assert.Single(told), StringComparison.Ordinal);
        Assert.Null(device.Context);
        Assert.False(device.TimesOf("a kind")!.IsDeviceQuicker);
    }

    private static List<string> Expected(TuningPlan plan, string format)
    {
        using PicturePool pool = PixelLayout.Named(format)!.NewPool(Width, Height);
        using var processor = new TuningKernels(plan, format, Width, Height, pool, PlaneScaler.Widest);
        return Tuned(processor, plan, format);
    }

    /// <summary>As the tuner asks for a shot's pictures.</summary>
    private static List<string> Tuned(ITuning tuning, TuningPlan plan, string format)
    {
        PixelLayout layout = PixelLayout.Named(format)!;
        int around = TuningKernels.AheadFor(plan);
        List<string> made = [];
        AvFrame[] pictures = [.. Enumerable.Range(0, Pictures).Select(number => Frame(layout, number))];
        using var output = new AvFrame();
        for (int number = 0; number < Pictures; number++)
        {
            tuning.Run(pictures[number], [.. pictures.Take(number).Reverse().Take(around)], [.. pictures.Skip(number + 1).Take(around)], output);
            made.Add($"{output.Pts} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(StagePictures.Packed(output, layout)))}");
        }

        Array.ForEach(pictures, picture => picture.Dispose());
        return made;
    }

    private static AvFrame Frame(PixelLayout layout, int number)
    {
        AvFrame picture = StagePictures.Picture(layout, Width, Height, number);
        DevicePictures.Scene(layout, Width, Height, tight: true, noise: 8, number).View.CopyTo(new PictureView(picture, layout));
        return picture;
    }

    private sealed class FailingTuning(ITuning tuning, Func<bool> fails) : ITuning
    {
        public void Run(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output)
        {
            tuning.Run(picture, before, after, output);
            if (fails())
            {
                output.Plane(0, 1).Fill(0x77);
                throw new OpenClException(ClError.CL_DEVICE_NOT_AVAILABLE, "clEnqueueNDRangeKernel");
            }
        }

        public void Dispose() => tuning.Dispose();
    }
}
