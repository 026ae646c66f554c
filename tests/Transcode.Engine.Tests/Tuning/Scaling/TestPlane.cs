using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Scaling;

/// <summary>A plane of samples in memory of its own, with something else between its rows.</summary>
/// <param name="Width">Samples a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bits">8, or 10 in 16-bit words.</param>
/// <param name="Pitch">Bytes from one row to the next.</param>
internal sealed record TestPlane(int Width, int Height, int Bits, int Pitch)
{
    /// <summary>Between rows.</summary>
    public const byte Filler = 0xA5;

    private readonly byte[] memory = [.. Enumerable.Repeat(Filler, Pitch * Height)];

    public Span<byte> Memory => memory;

    /// <summary>The same, to be held in its place.</summary>
    public byte[] Array => memory;

    private int SampleBytes => Bits > 8 ? 2 : 1;

    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">8 or 10.</param>
    /// <param name="gap">Samples between the end of a row and the next.</param>
    public static TestPlane Empty(int width, int height, int bits, int gap) => new(width, height, bits, (width + gap) * (bits > 8 ? 2 : 1));

    public static TestPlane Of(int width, int height, int bits, int gap, Func<int, int, int> sample)
    {
        TestPlane plane = Empty(width, height, bits, gap);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                plane[x, y] = sample(x, y);
            }
        }

        return plane;
    }

    /// <summary>Noise that is the same each time, and another with each number.</summary>
    public static TestPlane Noise(int width, int height, int bits, int gap, int number = 0)
    {
        var random = new Random((width * 7919) + height + (number * 31));
        return Of(width, height, bits, gap, (_, _) => random.Next(1 << bits));
    }

    public int this[int x, int y]
    {
        get => SampleBytes == 1 ? memory[(y * Pitch) + x] : MemoryMarshal.Cast<byte, ushort>(memory.AsSpan(y * Pitch))[x];
        set
        {
            if (SampleBytes == 1)
            {
                memory[(y * Pitch) + x] = (byte)value;
            }
            else
            {
                MemoryMarshal.Cast<byte, ushort>(memory.AsSpan(y * Pitch))[x] = (ushort)value;
            }
        }
    }

    public int[] Samples() => [.. Enumerable.Range(0, Width * Height).Select(i => this[i % Width, i / Width])];

    /// <summary>The rows alone.</summary>
    public byte[] Packed() => [.. Enumerable.Range(0, Height).SelectMany(y => memory.AsSpan(y * Pitch, Width * SampleBytes).ToArray())];

    /// <summary>Whether what is between the rows is as it was.</summary>
    public bool GapsAreUntouched() =>
        Enumerable.Range(0, Height).All(y => memory.AsSpan(y * Pitch, Pitch)[(Width * SampleBytes)..].IndexOfAnyExcept(Filler) < 0);

    /// <summary>Scales it as the brightness of a picture.</summary>
    public TestPlane Scaled(ScaleFilter filter, int width, int height, int bits, LaneWidth lanes, int gap = 3)
    {
        TestPlane target = Empty(width, height, bits, gap);
        var plan = new PlanePlan(
            ScaleAxis.For(filter, Raster.Full(Width), Width, Raster.Full(width), width, evenStarts: true),
            ScaleAxis.For(filter, Raster.Full(Height), Height, Raster.Full(height), height, evenStarts: false),
            Bits,
            bits);
        PlaneScaler.For(plan, lanes).Scale(Memory, Pitch, target.Memory, target.Pitch);
        return target;
    }

    /// <summary>The same by <see cref="ExactScale"/>.</summary>
    public double[] Exactly(ScaleFilter filter, int width, int height) => ExactScale.Plane(
        filter.Name, Samples(), [(Raster.Full(Width), Width), (Raster.Full(width), width)], [(Raster.Full(Height), Height), (Raster.Full(height), height)]);
}
