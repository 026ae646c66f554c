using System.Runtime.InteropServices;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>Pictures beside one another by all of their samples, and nothing of what lies between rows.</summary>
internal static class SamplesSeen
{
    private const ulong Start = 0x9E3779B97F4A7C15;
    private const ulong Factor = 0xFF51AFD7ED558CCD;

    /// <summary>Whether two pictures of one layout and size are the same to the sample.</summary>
    public static bool AreSame(PictureView one, PictureView other)
    {
        for (int plane = 0; plane < one.Layout.Planes; plane++)
        {
            int bytes = one.Layout.RowBytes(plane, one.Width);
            for (int row = 0; row < one.Layout.Rows(plane, one.Height); row++)
            {
                if (!one.Plane(plane).Slice(row * one.Pitch(plane), bytes).SequenceEqual(other.Plane(plane).Slice(row * other.Pitch(plane), bytes)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A sum by which two pictures of one layout and size are told apart, but for one pair in 2⁶⁴. Nobody is thought to be looking for that pair.</summary>
    /// <returns>0 for a picture of no known layout.</returns>
    public static ulong SumOf(AvFrame picture)
    {
        if (PixelLayout.Named(AvUtil.PixelFormatName(picture.Format)) is not { } layout)
        {
            return 0;
        }

        var view = new PictureView(picture, layout);
        ulong sum = Start;
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            int bytes = layout.RowBytes(plane, view.Width);
            for (int row = 0; row < layout.Rows(plane, view.Height); row++)
            {
                ReadOnlySpan<byte> samples = view.Plane(plane).Slice(row * view.Pitch(plane), bytes);
                foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(samples))
                {
                    sum = (ulong.RotateLeft(sum, 29) ^ word) * Factor;
                }

                foreach (byte last in samples[(bytes & ~7)..])
                {
                    sum = (ulong.RotateLeft(sum, 29) ^ last) * Factor;
                }
            }
        }

        return sum | 1;
    }
}
