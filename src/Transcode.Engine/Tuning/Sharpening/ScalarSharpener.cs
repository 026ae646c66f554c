using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Sharpening;

/// <summary>The arithmetic of <see cref="Sharpener"/> as it is written down.</summary>
internal sealed unsafe class ScalarSharpener(PlaneShape shape, int hundredths) : Sharpener(shape, hundredths)
{
    /// <summary>One sample of a row.</summary>
    public static void Sample<TSample>(int x, byte* above, byte* row, byte* below, byte* target, PlaneShape shape, float divisor)
        where TSample : unmanaged
    {
        int left = Math.Max(0, x - 1), right = Math.Min(shape.Width - 1, x + 1);
        int up = SamplePointer<TSample>.Get(above, x), down = SamplePointer<TSample>.Get(below, x);
        int before = SamplePointer<TSample>.Get(row, left), after = SamplePointer<TSample>.Get(row, right);
        int sample = SamplePointer<TSample>.Get(row, x);
        (int a, int c) = (SamplePointer<TSample>.Get(above, left), SamplePointer<TSample>.Get(above, right));
        (int g, int i) = (SamplePointer<TSample>.Get(below, left), SamplePointer<TSample>.Get(below, right));
        int least = Math.Min(Math.Min(Math.Min(up, down), Math.Min(before, after)), sample);
        int largest = Math.Max(Math.Max(Math.Max(up, down), Math.Max(before, after)), sample);
        int n = least + Math.Min(least, Math.Min(Math.Min(a, c), Math.Min(g, i)));
        int m = largest + Math.Max(largest, Math.Max(Math.Max(a, c), Math.Max(g, i)));
        int room = Math.Max(0, Math.Min(n, (2 * shape.Largest) + 1 - m));
        float weight = MathF.Sqrt(Math.Clamp((float)room / Math.Max(m, 1), 0f, 1f)) / divisor;
        float sharpened = (((up + before + after + down) * weight) + sample) / (1f + (4f * weight));
        SamplePointer<TSample>.Set(target, x, (int)(Math.Clamp(sharpened, 0f, shape.Largest) + 0.5f));
    }

    protected override void Row(byte* above, byte* row, byte* below, byte* target)
    {
        for (int x = 0; x < Shape.Width; x++)
        {
            if (Shape.SampleBytes == 1)
            {
                Sample<byte>(x, above, row, below, target, Shape, Divisor);
            }
            else
            {
                Sample<ushort>(x, above, row, below, target, Shape, Divisor);
            }
        }
    }
}
