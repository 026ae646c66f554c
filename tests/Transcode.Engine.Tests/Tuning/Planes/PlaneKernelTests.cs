using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Planes;

/// <summary>What every kernel over planes keeps, whatever it makes of them.</summary>
public sealed class PlaneKernelTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach ((PlaneKernel kernel, int bits) in from kernel in PlaneKernel.All from bits in KernelCases.Depths select (kernel, bits))
            {
                cases.Add(kernel.Name, bits);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plane_AtEveryVectorWidth_IsTheScalarOneToTheByte(string name, int bits)
    {
        PlaneKernel kernel = PlaneKernel.All.Single(kernel => kernel.Name == name);
        foreach ((int width, int height) in KernelCases.Sizes)
        {
            bool small = width < 1000;
            TestPlane[][] sources = [kernel.Scenes(width, height, bits, gap: 5), .. small ? [Noises(kernel, width, height, bits)] : Array.Empty<TestPlane[]>()];
            foreach ((TestPlane[] planes, PlaneKernel.Setting setting) in
                from planes in sources from setting in kernel.Settings.Take(small ? int.MaxValue : 1) select (planes, setting))
            {
                byte[] expected = setting.Run(planes, LaneWidth.None, 3).Packed();
                foreach (LaneWidth lanes in KernelCases.Widths)
                {
                    TestPlane made = setting.Run(planes, lanes, 3);
                    Assert.True(expected.AsSpan().SequenceEqual(made.Packed()), $"{width}×{height}, {bits} bits, {setting.Name}: {lanes}");
                    Assert.True(made.GapsAreUntouched(), $"{lanes} writes past a row of {width}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plane_AtAnyPitch_IsTheSame(string name, int bits)
    {
        PlaneKernel kernel = PlaneKernel.All.Single(kernel => kernel.Name == name);
        foreach (LaneWidth lanes in KernelCases.Widths.Prepend(LaneWidth.None))
        {
            byte[] close = kernel.Settings[0].Run(kernel.Scenes(131, 19, bits, gap: 0), lanes, 0).Packed();
            byte[] apart = kernel.Settings[0].Run(kernel.Scenes(131, 19, bits, gap: 77), lanes, 31).Packed();
            Assert.Equal(close, apart);
        }
    }

    private static TestPlane[] Noises(PlaneKernel kernel, int width, int height, int bits) =>
        [.. Enumerable.Range(0, kernel.Pictures).Select(number => TestPlane.Noise(width, height, bits, gap: 5, number))];
}
