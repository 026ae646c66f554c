using Transcode.Engine.Tests.Tuning.Deband;
using Transcode.Engine.Tests.Tuning.Deinterlacing;
using Transcode.Engine.Tests.Tuning.Denoise;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tests.Tuning.Sharpening;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Kernels;

/// <summary>A kernel that makes a component of components of the same size, on the device and by the scalar reference.</summary>
/// <param name="Name">For people.</param>
/// <param name="Pictures">As many it is given.</param>
/// <param name="Noise">Of these.</param>
/// <param name="Reference">Of their planes.</param>
/// <param name="Make">For samples of so many bits.</param>
internal sealed record DeviceCase(
    string Name, int Pictures, int Noise, Func<TestPlane[], TestPlane> Reference, Func<DeviceContext, int, (IDisposable Owner, DeviceCase.Step Run)> Make)
{
    /// <summary>The most of all that are averaged.</summary>
    private const int Around = 4;

    internal delegate DeviceEvent Step(DeviceQueue queue, DevicePlane[] pictures, DevicePlane target);

    /// <summary>Each kernel's usual setting comes first of its own.</summary>
    public static IReadOnlyList<DeviceCase> All { get; } =
    [
        .. DebanderTests.Options.Select(options => Of(
            $"deband {options}", 3, planes => DebanderTests.Debanded(planes[0], options, LaneWidth.None), (context, bits) => new DebandKernel(context, bits, options))),
        .. SharpenerTests.Strengths.Select(hundredths => Of(
            $"sharpen {hundredths}", 6, planes => SharpenerTests.Sharpened(planes[0], hundredths, LaneWidth.None), (context, bits) => new SharpenKernel(context, bits, hundredths))),
        .. SpatialDenoiserTests.Strengths.Select(tenths => Of(
            $"denoise in space {tenths}", 12, planes => SpatialDenoiserTests.Denoised(planes[0], tenths, LaneWidth.None), (context, bits) => new PatchKernel(context, bits, tenths))),
        .. from around in new (int Before, int After)[] { (4, 4), (0, 0), (0, 3), (2, 1) }
           from thresholds in TemporalDenoiserTests.Thresholds
           select new DeviceCase(
               $"denoise in time {thresholds}, {around.Before} and {around.After}",
               (2 * Around) + 1,
               9,
               planes => TemporalDenoiserTests.Denoised(planes, Around, around.Before, around.After, thresholds, LaneWidth.None),
               (context, bits) =>
               {
                   var kernel = new AverageKernel(context, bits, thresholds);
                   return (kernel, (queue, pictures, target) => kernel.Run(
                       queue,
                       pictures[Around],
                       [.. pictures[(Around - around.Before)..Around].Reverse()],
                       pictures.AsSpan(Around + 1, around.After),
                       target));
               }),
        .. from bottom in new[] { false, true }
           from second in new[] { false, true }
           from alone in new[] { false, true }
           let field = new FieldChoice(bottom, second, alone)
           select new DeviceCase(
               $"deinterlace {field}",
               3,
               4,
               planes => BobWeaverTests.Woven(planes, LaneWidth.None, field, gap: 0),
               (context, bits) =>
               {
                   var kernel = new WeaveKernel(context, bits);
                   return (kernel, (queue, pictures, target) => kernel.Run(queue, pictures[0], pictures[1], pictures[2], target, field));
               }),
    ];

    /// <summary>What it is, without its setting.</summary>
    public string Kind => string.Join(' ', Name.Split(' ').TakeWhile(word => word.All(char.IsLower)));

    private static DeviceCase Of(string name, int noise, Func<TestPlane[], TestPlane> reference, Func<DeviceContext, int, IPlaneStep> make) => new(
        name, 1, noise, reference, (context, bits) =>
        {
            IPlaneStep step = make(context, bits);
            return (step, (queue, pictures, target) => step.Run(queue, pictures[0], target));
        });
}
