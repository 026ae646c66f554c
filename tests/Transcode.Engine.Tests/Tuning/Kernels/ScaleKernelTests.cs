using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Kernels;

[Collection(OpenClCollection.Name)]
public sealed class ScaleKernelTests
{
    /// <summary>From and to: one pixel, enlarged, shrunk, odd, kept in one direction, from thousands to a few.</summary>
    private static readonly (int Width, int Height, int ToWidth, int ToHeight)[] Sizes =
    [
        (1, 1, 1, 1), (1, 1, 5, 3), (3, 5, 17, 33), (17, 33, 3, 5), (64, 64, 33, 31), (37, 9, 36, 8), (513, 40, 342, 40), (4097, 3, 2, 2),
    ];

    private static readonly (int Width, int Height, int ToWidth, int ToHeight)[] LargeSizes = [(1919, 1079, 640, 360), (640, 360, 1919, 1079)];

    /// <summary>Where colour lies in planes and in pairs, at every depth that goes with another.</summary>
    public static TheoryData<string, string> Layouts => new(
        ("yuv420p", "yuv420p"), ("yuv422p", "yuv420p"), ("nv12", "nv12"), ("yuv420p10le", "yuv420p10le"), ("yuv444p10le", "yuv420p10le"),
        ("p010le", "p010le"), ("p010le", "nv12"), ("yuv420p10le", "yuv420p"));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Picture_OnTheDevice_IsTheScalarOneToTheByte(string from, string to)
    {
        // At full size one layout of each depth shows what there is to see.
        bool large = from == to && from is "yuv420p" or "p010le" && !TestDevice.TakesFewSizes;
        bool middling = (from, to) == ("nv12", "nv12") || !TestDevice.TakesFewSizes;
        foreach ((int width, int height, int toWidth, int toHeight) in Sizes.Where(size => middling || size.Width < 100).Concat(large ? LargeSizes : []))
        {
            Compare(ScaleFilter.Bicubic, (from, width, height), (to, toWidth, toHeight));
        }
    }

    [Fact]
    public void Picture_ByEveryFilter_IsTheScalarOneToTheByte()
    {
        for (int place = 0; place < ScaleFilter.All.Count; place++)
        {
            if (!TestDevice.TakesFewSizes || place % 2 == 0)
            {
                Compare(ScaleFilter.All[place], ("yuv420p", 97, 61), ("yuv420p", 40, 72));
            }

            if (!TestDevice.TakesFewSizes || place % 2 == 1)
            {
                Compare(ScaleFilter.All[place], ("yuv420p10le", 97, 61), ("yuv420p", 40, 24));
            }
        }
    }

    /// <summary>Filters overshoot at hard edges, in both directions at once.</summary>
    [Fact]
    public void Picture_OfHardEdges_IsTheScalarOneToTheByte()
    {
        foreach (string layout in new[] { "yuv420p", "yuv420p10le" })
        {
            TestPicture edges = TestPicture.Noise(PixelLayout.Named(layout)!, 120, 90, tight: true);
            int bytes = edges.Shape.Layout.SampleBytes;
            for (int i = 0; i < edges.Memory.Length; i++)
            {
                bool high = i / bytes / 3 % 2 == 0;
                edges.Memory[i] = !high ? (byte)0 : bytes == 1 || i % 2 == 0 ? byte.MaxValue : (byte)3;
            }

            Compare(ScaleFilter.Lanczos3, edges, (layout, 131, 50));
        }
    }

    [Fact]
    public void Tiles_OfAnyPlan_FitAGroupsMemory()
    {
        foreach ((int from, int to) in new[] { (1, 1), (1919, 640), (640, 1919), (4097, 2), (3840, 360), (7680, 100) })
        {
            ScaleAxis axis = ScaleAxis.For(ScaleFilter.Lanczos3, Raster.Full(from), from, Raster.Full(to), to, evenStarts: true);
            var tiles = new ScaleTiles(axis, DeviceRules.LocalBytes);

            Assert.InRange(tiles.LocalBytes, 1, DeviceRules.LocalBytes);
            Assert.Equal((to + tiles.Columns - 1) / tiles.Columns, tiles.Across);
            for (int x = 0; x < to; x++)
            {
                int tile = x / tiles.Columns;
                Assert.True(tiles.Bounds[2 * tile] <= axis.Starts[x] && tiles.Bounds[(2 * tile) + 1] >= Math.Min(from, axis.Starts[x] + axis.Taps));
                Assert.Equal(0, tiles.Bounds[2 * tile] % 4);
            }
        }

        ScaleAxis tooWide = ScaleAxis.For(ScaleFilter.Bicubic, Raster.Full(20_000), 20_000, Raster.Full(1), 1, evenStarts: true);
        Assert.Throws<NotSupportedException>(() => new ScaleTiles(tooWide, DeviceRules.LocalBytes));
    }

    private static void Compare(ScaleFilter filter, (string Layout, int Width, int Height) from, (string Layout, int Width, int Height) to)
    {
        foreach (bool tight in new[] { true, false })
        {
            Compare(filter, TestPicture.Noise(PixelLayout.Named(from.Layout)!, from.Width, from.Height, tight), to, tight);
        }
    }

    private static void Compare(ScaleFilter filter, TestPicture picture, (string Layout, int Width, int Height) to, bool tight = true)
    {
        DeviceContext context = TestDevice.Context();
        PixelLayout source = picture.Shape.Layout, target = PixelLayout.Named(to.Layout)!;
        ComponentPlans plans = ComponentPlans.For(
            filter,
            new(source.Bits, source.ColumnStep, source.RowStep),
            (picture.Shape.Width, picture.Shape.Height),
            new(target.Bits, target.ColumnStep, target.RowStep),
            (to.Width, to.Height),
            ChromaSiting.Left);
        TestPicture made = TestPicture.Empty(target, to.Width, to.Height, tight);
        using DeviceQueue queue = context.NewQueue();
        using var luma = new ScaleKernel(context, queue, plans.Luma);
        using var chroma = new ScaleKernel(context, queue, plans.Chroma);
        using var from = new KernelPicture(context, queue, picture);
        using var on = new KernelPicture(context, queue, made);
        for (int component = 0; component < PixelLayout.Components; component++)
        {
            (component == 0 ? luma : chroma).Run(queue, from.Planes.Component(component), on.Planes.Component(component)).Dispose();
        }

        on.Read();

        string what = $"{filter.Name}, {source.Name} {picture.Shape.Width}×{picture.Shape.Height} to {target.Name} {to.Width}×{to.Height}, tight: {tight}";
        Assert.True(ScalarPictures.Scaled(plans, picture, target, to.Width, to.Height).AsSpan().SequenceEqual(made.Packed()), what);
        Assert.True(made.GapsAreUntouched(), what);
    }
}
