using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;
using Own = Transcode.Engine.Tuning.Vectors.Lanes128<Transcode.Engine.Tuning.Vectors.Instructions.Own>;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>Some rows of a picture as 16-bit words, with those around them and with edges carried on, so that kernels need not
/// ask where a picture ends.</summary>
/// <param name="width">Samples a row.</param>
/// <param name="rows">Between those around them.</param>
internal sealed unsafe class AnalysisBand(int width, int rows)
{
    /// <summary>Samples and rows around.</summary>
    public const int Margin = 8;

    private readonly ushort[] words = GC.AllocateArray<ushort>((width + Tail(width) + Margin) * (rows + (2 * Margin)), pinned: true);

    /// <summary>Words from one row to the next.</summary>
    public int Stride { get; } = width + Tail(width) + Margin;

    /// <summary>A row of the band, by its first sample.</summary>
    /// <param name="y">0 is the band's first; −<see cref="Margin"/> is the first around it.</param>
    public ushort* Row(int y) => (ushort*)Marshal.UnsafeAddrOfPinnedArrayElement(words, ((y + Margin) * Stride) + Margin);

    /// <summary>Takes a band out of a plane.</summary>
    /// <param name="plane">All of it.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="top">Where the band begins.</param>
    public void Read(PlaneView plane, PlaneShape shape, int top)
    {
        for (int y = -Margin; y < rows + Margin; y++)
        {
            ReadOnlySpan<byte> from = plane.Samples[(Math.Clamp(top + y, 0, shape.Height - 1) * plane.Pitch)..];
            var row = new Span<ushort>(Row(y), Stride - Margin);
            if (shape.SampleBytes == 1)
            {
                Widen(from[..width], row);
            }
            else
            {
                MemoryMarshal.Cast<byte, ushort>(from)[..width].CopyTo(row);
            }

            row[width..].Fill(row[width - 1]);
            new Span<ushort>(Row(y) - Margin, Margin).Fill(row[0]);
        }
    }

    /// <summary>Blocks end at the picture's end or beyond.</summary>
    private static int Tail(int width) => BlockEnergy.Side + Margin - (width % Margin);

    private static void Widen(ReadOnlySpan<byte> from, Span<ushort> to)
    {
        int x = 0;
        fixed (byte* bytes = from)
        {
            fixed (ushort* target = to)
            {
                for (; x + Own.Count <= from.Length; x += Own.Count)
                {
                    Own.Store(Own.LoadBytes(bytes + x), target + x);
                }
            }
        }

        for (; x < from.Length; x++)
        {
            to[x] = from[x];
        }
    }
}
