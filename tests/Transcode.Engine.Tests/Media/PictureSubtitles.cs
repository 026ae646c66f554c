using System.Buffers.Binary;

namespace Transcode.Engine.Tests.Media;

/// <summary>Subtitles of pictures as discs have them (PGS, in the form of a .sup file), which no encoder of ffmpeg writes.</summary>
internal static class PictureSubtitles
{
    private const int PacketRate = 90_000;

    /// <summary>Pixels of a frame that are its colour whole.</summary>
    public const int Edge = 8;

    /// <summary>Makes a track of frames of one colour with a half transparent middle.</summary>
    /// <param name="canvasWidth">Of the canvas.</param>
    /// <param name="canvasHeight">Likewise.</param>
    /// <param name="shown">What is on it and when: in seconds, and in pixels of the canvas, at most 16383 across.</param>
    public static byte[] Sup(int canvasWidth, int canvasHeight, params (double Start, double End, int X, int Y, int Width, int Height, byte Luma)[] shown)
    {
        using var output = new MemoryStream();
        int number = 0;
        foreach (var (start, end, x, y, width, height, luma) in shown)
        {
            Segment(output, start, 0x16, [.. Two(canvasWidth), .. Two(canvasHeight), 0x10, .. Two(number++), 0x80, 0, 0, 1, .. Two(0), 0, 0, .. Two(x), .. Two(y)]);
            Segment(output, start, 0x17, [1, 0, .. Two(x), .. Two(y), .. Two(width), .. Two(height)]);
            Segment(output, start, 0x14, [0, 0, 1, luma, 128, 128, 255, 2, luma, 128, 128, 128]);
            byte[] pixels = [.. Enumerable.Range(0, height).SelectMany(row => Line(row, width, height))];
            Segment(output, start, 0x15, [.. Two(0), 0, 0xC0, .. Three(pixels.Length + 4), .. Two(width), .. Two(height), .. pixels]);
            Segment(output, start, 0x80, []);
            Segment(output, end, 0x16, [.. Two(canvasWidth), .. Two(canvasHeight), 0x10, .. Two(number++), 0, 0, 0, 0]);
            Segment(output, end, 0x17, [1, 0, .. Two(x), .. Two(y), .. Two(width), .. Two(height)]);
            Segment(output, end, 0x80, []);
        }

        return output.ToArray();
    }

    /// <summary>One row, run by run: the edge, the middle, the edge; the outer rows are edge alone.</summary>
    private static byte[] Line(int row, int width, int height) =>
        row < Edge || row >= height - Edge ? [.. Run(width, 1), 0, 0] : [.. Run(Edge, 1), .. Run(width - (2 * Edge), 2), .. Run(Edge, 1), 0, 0];

    private static byte[] Run(int length, byte color) => [0, (byte)(0xC0 | (length >> 8)), (byte)length, color];

    private static void Segment(MemoryStream output, double seconds, byte kind, byte[] content)
    {
        byte[] head = new byte[13];
        (head[0], head[1]) = ((byte)'P', (byte)'G');
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(2), (uint)Math.Round(seconds * PacketRate));
        head[10] = kind;
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(11), (ushort)content.Length);
        output.Write(head);
        output.Write(content);
    }

    private static byte[] Two(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Three(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
