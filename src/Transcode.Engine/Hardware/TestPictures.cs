using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Hardware;

/// <summary>Pictures made up in whole numbers, so that everybody makes the same: a slope that moves, bars over it that move the other way, and in the last
/// third noise, which no rate control can foresee.</summary>
/// <param name="Width">Even, in pixels.</param>
/// <param name="Height">Even, in pixels.</param>
/// <param name="BitDepth">8 or 10.</param>
internal sealed record TestPictures(int Width, int Height, int BitDepth)
{
    /// <summary>As many as are compared.</summary>
    public const int Calm = 22;

    /// <summary>With those of noise, by which the promised rate is tried.</summary>
    public const int Count = 30;

    private const int BarWidth = 64;

    public string PixelFormat => BitDepth > 8 ? "yuv420p10le" : "yuv420p";

    private int Shift => BitDepth - 8;

    /// <param name="number">0 to <see cref="Count"/> − 1.</param>
    public AvFrame Make(int number)
    {
        var picture = new AvFrame { Width = Width, Height = Height, Format = AvUtil.av_get_pix_fmt(PixelFormat), Pts = number };
        picture.Allocate();
        picture.ColorRange = AvUtil.AVCOL_RANGE_MPEG;
        picture.ColorSpace = AvUtil.AVCOL_SPC_BT709;
        uint noise = (uint)number * 2654435761u;
        Fill(picture, 0, Width, Height, (x, y) => number < Calm ? Luma(x, y, number) : 64 + (int)(Next(ref noise) & 127));
        Fill(picture, 1, Width / 2, Height / 2, (x, y) => 96 + (x * 64 / Width));
        Fill(picture, 2, Width / 2, Height / 2, (x, y) => 112 + (((y * 64 / Height) + number) & 31));
        return picture;
    }

    private static int Bar(int x, int number) => (((x + (number * 3)) / BarWidth) & 1) * 24;

    private int Luma(int x, int y, int number) => 40 + ((x + y + (number * 4)) * 96 / (Width + Height) % 128) + Bar(Width - x, number);

    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }

    private void Fill(AvFrame picture, int plane, int width, int height, Func<int, int, int> sample)
    {
        Span<byte> rows = picture.Plane(plane, height);
        int stride = picture.Stride(plane);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = rows.Slice(y * stride, width * (Shift > 0 ? 2 : 1));
            for (int x = 0; x < width; x++)
            {
                int value = sample(x, y) << Shift;
                if (Shift == 0)
                {
                    row[x] = (byte)value;
                }
                else
                {
                    (row[2 * x], row[(2 * x) + 1]) = ((byte)value, (byte)(value >> 8));
                }
            }
        }
    }
}
