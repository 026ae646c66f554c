using System.Numerics;
using System.Runtime.InteropServices;

namespace Appliance.Samples.Pictures;

/// <summary>Turns pairs of developed rows into YUV, with a trace of film grain that is also the dither: eight bits would
/// show bands in a night sky without it.</summary>
internal sealed class Printer
{
    private const int GrainLength = 1 << 16;
    private static readonly float[] Grain = MakeGrain();

    private readonly float[] _luma;
    private readonly float[] _blueDifference;
    private readonly float[] _redDifference;

    public Printer(int width)
    {
        _luma = new float[RgbRow.Padded(width)];
        _blueDifference = new float[2 * RgbRow.Padded(width)];
        _redDifference = new float[2 * RgbRow.Padded(width)];
    }

    /// <param name="upper">Row <paramref name="y"/>.</param>
    /// <param name="lower">Row <paramref name="y"/> + 1.</param>
    /// <param name="y">Even.</param>
    /// <param name="picture">Written to.</param>
    /// <param name="frame">The number of the frame, from which its grain follows.</param>
    public void PrintRows(RgbRow upper, RgbRow lower, int y, Picture picture, int frame)
    {
        int stride = _luma.Length;
        PrintLuma(upper, y, picture, frame, _blueDifference.AsSpan(0, stride), _redDifference.AsSpan(0, stride));
        PrintLuma(lower, y + 1, picture, frame, _blueDifference.AsSpan(stride), _redDifference.AsSpan(stride));
        int half = picture.Width / 2;
        int start = y / 2 * half;
        var dither = Grain.AsSpan(Offset(frame, y + 100_003, half), half);
        PrintDifference(_blueDifference, stride, dither, picture.BlueDifference.AsSpan(start, half));
        PrintDifference(_redDifference, stride, dither, picture.RedDifference.AsSpan(start, half));
    }

    private void PrintLuma(RgbRow row, int y, Picture picture, int frame, Span<float> blueDifference, Span<float> redDifference)
    {
        var luma = MemoryMarshal.Cast<float, Vector<float>>(_luma.AsSpan());
        var blue = MemoryMarshal.Cast<float, Vector<float>>(blueDifference);
        var red = MemoryMarshal.Cast<float, Vector<float>>(redDifference);
        ReadOnlySpan<float> grain = Grain.AsSpan(Offset(frame, y, _luma.Length), _luma.Length);
        Span<Vector<float>> r = row.RedLanes;
        Span<Vector<float>> g = row.GreenLanes;
        Span<Vector<float>> b = row.BlueLanes;
        for (int i = 0; i < luma.Length; i++)
        {
            var value = (r[i] * 0.2126f) + (g[i] * 0.7152f) + (b[i] * 0.0722f);
            blue[i] = (b[i] - value) * (224 / 1.8556f);
            red[i] = (r[i] - value) * (224 / 1.5748f);
            luma[i] = (value * 219) + Lanes.All(16.5f) + new Vector<float>(grain[(i * Lanes.Count)..]);
        }

        var bytes = picture.Luma.AsSpan(y * picture.Width, picture.Width);
        for (int x = 0; x < bytes.Length; x++)
        {
            bytes[x] = (byte)Math.Clamp(_luma[x], 16, 235);
        }
    }

    private static void PrintDifference(float[] rows, int stride, ReadOnlySpan<float> dither, Span<byte> to)
    {
        for (int x = 0; x < to.Length; x++)
        {
            float sum = rows[2 * x] + rows[(2 * x) + 1] + rows[stride + (2 * x)] + rows[stride + (2 * x) + 1];
            to[x] = (byte)Math.Clamp((sum * 0.25f) + 128.5f + (dither[x] * 0.5f), 16, 240);
        }
    }

    private static int Offset(int frame, int y, int length) =>
        (int)(Noise.Scramble(((uint)frame * 2_654_435_761u) + (uint)y) % (uint)(GrainLength - length));

    /// <summary>Triangular noise of a little over one level.</summary>
    private static float[] MakeGrain()
    {
        var grain = new float[GrainLength];
        for (int i = 0; i < grain.Length; i++)
        {
            grain[i] = (Noise.At(i, 1) + Noise.At(i, 2) - 1) * 1.15f;
        }

        return grain;
    }
}
