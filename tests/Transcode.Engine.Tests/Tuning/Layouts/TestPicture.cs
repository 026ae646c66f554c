using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tests.Tuning.Layouts;

/// <summary>A picture in memory of its own, with something else between its rows.</summary>
internal sealed class TestPicture
{
    public const byte Filler = 0xA5;

    /// <summary>One pixel, less than a vector, odd, and larger than any block.</summary>
    public static readonly (int Width, int Height)[] AwkwardSizes = [(1, 1), (3, 5), (17, 33), (1919, 1079)];

    private TestPicture(PictureShape shape)
    {
        Shape = shape;
        Memory = new byte[shape.Bytes];
        Memory.AsSpan().Fill(Filler);
    }

    public PictureShape Shape { get; }

    public byte[] Memory { get; }

    public PictureView View => new(Memory, Shape);

    /// <param name="layout">Of its samples.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="tight">Whether rows begin wherever the one before ends, or as on devices.</param>
    public static TestPicture Empty(PixelLayout layout, int width, int height, bool tight) =>
        new(tight ? new(layout, width, height, alignment: layout.SampleBytes, gap: 3 * layout.SampleBytes) : new(layout, width, height));

    /// <summary>Noise that is the same each time.</summary>
    /// <param name="layout">Of its samples.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="tight">As of <see cref="Empty"/>.</param>
    /// <param name="number">Another is other noise.</param>
    public static TestPicture Noise(PixelLayout layout, int width, int height, bool tight, int number = 0)
    {
        TestPicture picture = Empty(layout, width, height, tight);
        var random = new Random((width * 7919) + height + (number * 104_729) + layout.Bits);
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            for (int row = 0; row < picture.Shape.Plane(plane).Rows; row++)
            {
                Span<byte> samples = picture.Row(plane, row);
                random.NextBytes(samples);
                if (layout.SampleBytes == 2)
                {
                    foreach (ref ushort sample in MemoryMarshal.Cast<byte, ushort>(samples))
                    {
                        sample = (ushort)((sample & ((1 << layout.Bits) - 1)) << layout.Shift);
                    }
                }
            }
        }

        return picture;
    }

    /// <summary>The same samples without anything between them, as ffmpeg's rawvideo has them.</summary>
    public byte[] Packed() => [.. Rows().SelectMany(row => Row(row.Plane, row.Row).ToArray())];

    /// <summary>Takes rawvideo's samples.</summary>
    public void Unpack(ReadOnlySpan<byte> raw)
    {
        foreach ((int plane, int row) in Rows())
        {
            Span<byte> samples = Row(plane, row);
            raw[..samples.Length].CopyTo(samples);
            raw = raw[samples.Length..];
        }
    }

    /// <summary>Whether what is no sample is as it was.</summary>
    public bool GapsAreUntouched()
    {
        byte[] rest = [.. Memory];
        foreach ((int plane, int row) in Rows())
        {
            PlanePlace place = Shape.Plane(plane);
            rest.AsSpan(place.Offset + (row * place.Pitch), place.RowBytes).Fill(Filler);
        }

        return rest.AsSpan().IndexOfAnyExcept(Filler) < 0;
    }

    private IEnumerable<(int Plane, int Row)> Rows() =>
        from plane in Enumerable.Range(0, Shape.Layout.Planes)
        from row in Enumerable.Range(0, Shape.Plane(plane).Rows)
        select (plane, row);

    private Span<byte> Row(int plane, int row)
    {
        PlanePlace place = Shape.Plane(plane);
        return Memory.AsSpan(place.Offset + (row * place.Pitch), place.RowBytes);
    }
}
