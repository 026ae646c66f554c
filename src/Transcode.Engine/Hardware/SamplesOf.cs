using System.Buffers.Binary;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Hardware;

/// <summary>Samples of pictures, whichever way they lie.</summary>
internal static class SamplesOf
{
    /// <summary>More than any two samples are apart.</summary>
    public const int Incomparable = 256;

    /// <summary>By how much two pictures differ where they differ most, one perhaps in planes and the other in pairs.</summary>
    /// <returns>In steps of 8 bits, rounded up; 0 where they are the same to the sample, <see cref="Incomparable"/> where they are of another size or depth.</returns>
    public static int Apart(AvFrame a, AvFrame b, TestPictures shape)
    {
        if (PixelLayout.Named(AvUtil.PixelFormatName(a.Format)) is not { } one || PixelLayout.Named(AvUtil.PixelFormatName(b.Format)) is not { } other
            || one.Bits != other.Bits || a.Width != b.Width || a.Height != b.Height)
        {
            return Incomparable;
        }

        int most = 0;
        for (int component = 0; component < PixelLayout.Components; component++)
        {
            for (int y = 0; y < one.Rows(component, shape.Height); y++)
            {
                ReadOnlySpan<byte> left = Row(a, one, component, y), right = Row(b, other, component, y);
                for (int x = 0; x < one.Columns(component, shape.Width); x++)
                {
                    most = Math.Max(most, Math.Abs(Sample(left, one, component, x) - Sample(right, other, component, x)));
                }
            }
        }

        int step = 1 << (one.Bits - 8);
        return (most + step - 1) / step;
    }

    private static ReadOnlySpan<byte> Row(AvFrame picture, PixelLayout layout, int component, int y)
    {
        int plane = layout.PlaneOf(component), stride = picture.Stride(plane);
        return picture.Plane(plane, layout.Rows(component, picture.Height)).Slice(y * stride, stride);
    }

    private static int Sample(ReadOnlySpan<byte> row, PixelLayout layout, int component, int x)
    {
        int at = (layout.FirstOf(component) + (x * layout.StepOf(component))) * layout.SampleBytes;
        return layout.SampleBytes == 1 ? row[at] : BinaryPrimitives.ReadUInt16LittleEndian(row[at..]) >> layout.Shift;
    }
}
