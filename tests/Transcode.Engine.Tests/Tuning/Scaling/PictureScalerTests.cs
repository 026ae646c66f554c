using System.Runtime.InteropServices;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Scaling;

/// <summary>Whole pictures: where colour lies, how sides round, and whose memory it is.</summary>
public sealed class PictureScalerTests
{
    /// <summary>A slope across and down, the same at every place of the picture whatever the plane's raster, stays that slope: a
    /// sample of colour shows what lies where it is sited. Each is off by two roundings at most, and these cancel out over
    /// the plane; taken for sited elsewhere, all would be off by a third of a step where the picture shrinks.</summary>
    [Theory]
    [InlineData("yuv420p", AvUtil.AVCHROMA_LOC_LEFT, 0.5, 1)]
    [InlineData("yuv420p", AvUtil.AVCHROMA_LOC_TOPLEFT, 0.5, 0.5)]
    [InlineData("yuv420p", AvUtil.AVCHROMA_LOC_CENTER, 1, 1)]
    [InlineData("yuv420p10le", AvUtil.AVCHROMA_LOC_LEFT, 0.5, 1)]
    [InlineData("yuv420p10le", AvUtil.AVCHROMA_LOC_BOTTOM, 1, 1.5)]
    [InlineData("yuv422p", AvUtil.AVCHROMA_LOC_LEFT, 0.5, 1)]
    [InlineData("yuv444p10le", AvUtil.AVCHROMA_LOC_TOPLEFT, 0.5, 0.5)]
    public void Colour_OfASlope_StaysWhereItIsSited(string format, int location, double firstAcross, double firstDown)
    {
        foreach ((int width, int height, int toWidth, int toHeight) in new[] { (240, 160, 100, 60), (239, 161, 80, 54), (60, 40, 90, 50) })
        {
            using AvFrame source = Slope(format, location, width, height, firstAcross, firstDown);
            using var scaled = new AvFrame();
            using var scaler = new PictureScaler(
                ScaleFilter.Bicubic, source, toWidth, toHeight, format.EndsWith("10le", StringComparison.Ordinal) ? "yuv420p10le" : "yuv420p", ChromaSiting.Of(source), PlaneScaler.Widest);
            scaler.Scale(source, scaled);

            Assert.Equal((toWidth, toHeight, location), (scaled.Width, scaled.Height, scaled.ChromaLocation));
            IsTheSlope(scaled, (width, height), (toWidth, toHeight), firstAcross, firstDown);
        }
    }

    /// <summary>As the tone mapper wants it, which takes colour from left and top-left alone: turned pictures have it elsewhere. The size may stay.</summary>
    [Theory]
    [InlineData(1, 1, 0.5, 1)]
    [InlineData(1, 0.5, 0.5, 1)]
    [InlineData(1.5, 1, 0.5, 1)]
    [InlineData(0.5, 1.5, 0.5, 0.5)]
    public void Colour_OfASlope_IsMovedToWhereItIsWanted(double firstAcross, double firstDown, double toAcross, double toDown)
    {
        foreach ((int width, int height, int toWidth, int toHeight) in new[] { (240, 160, 100, 60), (240, 160, 240, 160), (61, 41, 61, 41) })
        {
            using AvFrame source = Slope("yuv420p10le", AvUtil.AVCHROMA_LOC_LEFT, width, height, firstAcross, firstDown);
            using var scaled = new AvFrame();
            using var scaler = new PictureScaler(
                ScaleFilter.Bicubic, source, toWidth, toHeight, "yuv420p10le", new(firstAcross, firstDown), PlaneScaler.Widest, new(toAcross, toDown));
            scaler.Scale(source, scaled);

            // Halfway between two whole samples every other one is a tie, which is rounded up.
            IsTheSlope(scaled, (width, height), (toWidth, toHeight), toAcross, toDown, bias: 0.4);
        }
    }

    /// <summary>Untagged pictures follow the custom of their colours; a turn takes the siting along.</summary>
    [Fact]
    public void Siting_OfAPicture_IsItsOwnOrTheCustom()
    {
        using var picture = new AvFrame { ColorSpace = AvUtil.AVCOL_SPC_BT709 };
        Assert.Equal(ChromaSiting.Left, ChromaSiting.Of(picture));
        picture.ColorSpace = AvUtil.AVCOL_SPC_BT2020_NCL;
        Assert.Equal(ChromaSiting.TopLeft, ChromaSiting.Of(picture));
        picture.ChromaLocation = AvUtil.AVCHROMA_LOC_LEFT;
        Assert.Equal(ChromaSiting.Left, ChromaSiting.Of(picture));

        Assert.Equal(new(1, 0.5), ChromaSiting.Left.Turned(90, 64, 48));
        Assert.Equal(new(1.5, 1), ChromaSiting.Left.Turned(180, 64, 48));
        Assert.Equal(new(1, 1.5), ChromaSiting.Left.Turned(270, 64, 48));
        Assert.Equal(new(1, 0.5), ChromaSiting.Left.Turned(270, 63, 48));
    }

    /// <summary>A picture's memory is used for the next once nobody holds it, and never before.</summary>
    [Fact]
    public void Memory_OfPictures_IsUsedAgainWhenItIsFree()
    {
        using AvFrame source = Slope("yuv420p", AvUtil.AVCHROMA_LOC_LEFT, 64, 48, 0.5, 1);
        using var scaler = new PictureScaler(ScaleFilter.Bicubic, source, 32, 24, "yuv420p", ChromaSiting.Left, PlaneScaler.Widest);
        using var first = new AvFrame();
        using var held = new AvFrame();
        scaler.Scale(source, first);
        held.Reference(first);
        byte[] before = held.Plane(0, 24).ToArray();
        source.Plane(0, 48).Clear();
        scaler.Scale(source, first);

        Assert.Equal(before, held.Plane(0, 24).ToArray());
        Assert.NotEqual(before, first.Plane(0, 24).ToArray());
        nint[] two = [Address(first), Address(held)];
        first.Clear();
        held.Clear();
        scaler.Scale(source, first);
        scaler.Scale(source, held);
        Assert.Equal(two.Order(), new[] { Address(first), Address(held) }.Order());
    }

    [Theory]
    [InlineData("yuvj420p", "yuv420p")]
    [InlineData("yuv420p", "yuv420p10le")]
    [InlineData("nv12", "yuv420p")]
    [InlineData("yuv420p", "yuv444p")]
    public void Format_ThatItDoesNotKnow_IsRefused(string from, string to)
    {
        using var source = new AvFrame { Width = 16, Height = 16, Format = AvUtil.av_get_pix_fmt(from) };
        source.Allocate();

        Assert.False(PictureScaler.Knows(source, to));
        Assert.Throws<NotSupportedException>(() => new PictureScaler(ScaleFilter.Bicubic, source, 8, 8, to, ChromaSiting.Left, PlaneScaler.Widest));
    }

    private static void IsTheSlope(AvFrame scaled, (int Width, int Height) from, (int Width, int Height) to, double firstAcross, double firstDown, double bias = 0.1)
    {
        int bits = AvUtil.PixelFormatName(scaled.Format).EndsWith("10le", StringComparison.Ordinal) ? 10 : 8;
        for (int plane = 0; plane < 3; plane++)
        {
            int step = plane == 0 ? 1 : 2;
            int columns = (to.Width + step - 1) / step;
            int rows = (to.Height + step - 1) / step;
            // What a filter reaches beyond the edge is no slope.
            int margin = (5 * to.Width / from.Width) + 3;
            double sum = 0;
            for (int y = margin; y < rows - margin; y++)
            {
                for (int x = margin; x < columns - margin; x++)
                {
                    double across = ((x * step) + (plane == 0 ? 0.5 : firstAcross)) * from.Width / to.Width;
                    double down = ((y * step) + (plane == 0 ? 0.5 : firstDown)) * from.Height / to.Height;
                    double error = Sample(scaled, plane, rows, bits, x, y) - Value(bits, across, down);
                    Assert.InRange(error, -1.05, 1.05);
                    sum += error;
                }
            }

            Assert.InRange(sum / ((columns - (2 * margin)) * (rows - (2 * margin))), -bias, bias);
        }
    }

    private static unsafe nint Address(AvFrame picture) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(picture.Plane(0, 1)));

    private static double Value(int bits, double across, double down) => (1 << (bits - 8)) * (20 + (0.4873 * across) + (0.3911 * down));

    private static AvFrame Slope(string format, int location, int width, int height, double firstAcross, double firstDown)
    {
        PlanarFormat layout = PlanarFormat.Named(format)!;
        var picture = new AvFrame { Width = width, Height = height, Format = AvUtil.av_get_pix_fmt(format), ChromaLocation = location };
        picture.Allocate();
        for (int plane = 0; plane < 3; plane++)
        {
            int columnStep = plane == 0 ? 1 : layout.ColumnStep;
            int rowStep = plane == 0 ? 1 : layout.RowStep;
            int rows = layout.Rows(plane, height);
            for (int y = 0; y < rows; y++)
            {
                Span<byte> row = picture.Plane(plane, rows).Slice(y * picture.Stride(plane), picture.Stride(plane));
                for (int x = 0; x < (width + columnStep - 1) / columnStep; x++)
                {
                    double across = (x * columnStep) + (columnStep == 1 ? 0.5 : firstAcross);
                    double down = (y * rowStep) + (rowStep == 1 ? 0.5 : firstDown);
                    int sample = (int)Math.Round(Value(layout.Bits, across, down));
                    if (layout.Bits == 8)
                    {
                        row[x] = (byte)sample;
                    }
                    else
                    {
                        MemoryMarshal.Cast<byte, ushort>(row)[x] = (ushort)sample;
                    }
                }
            }
        }

        return picture;
    }

    private static int Sample(AvFrame picture, int plane, int rows, int bits, int x, int y)
    {
        ReadOnlySpan<byte> row = picture.Plane(plane, rows)[(y * picture.Stride(plane))..];
        return bits == 8 ? row[x] : MemoryMarshal.Cast<byte, ushort>(row)[x];
    }
}
