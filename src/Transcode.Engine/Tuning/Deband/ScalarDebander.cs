using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Deband;

/// <summary>The arithmetic of <see cref="Debander"/> as it is written down.</summary>
internal sealed unsafe class ScalarDebander(PlaneShape shape, DebandOptions options) : Debander(shape, options)
{
    /// <summary>One sample of a row.</summary>
    public static void Sample<TSample>(int x, int y, byte* row, byte* above, byte* below, byte* target, int width, DebandOptions options)
        where TSample : unmanaged
    {
        int left = Math.Max(0, x - options.Reach), right = Math.Min(width - 1, x + options.Reach);
        int sample = SamplePointer<TSample>.Get(row, x);
        int sum = SamplePointer<TSample>.Get(above, left) + SamplePointer<TSample>.Get(above, right)
            + SamplePointer<TSample>.Get(below, left) + SamplePointer<TSample>.Get(below, right);
        bool near = Math.Abs(sample - (sum / 4)) < options.Threshold;
        SamplePointer<TSample>.Set(target, x, near ? (sum + options.Quarters(x, y)) / 4 : sample);
    }

    protected override void Row(int y, byte* row, byte* above, byte* below, byte* target)
    {
        for (int x = 0; x < Shape.Width; x++)
        {
            if (Shape.SampleBytes == 1)
            {
                Sample<byte>(x, y, row, above, below, target, Shape.Width, Options);
            }
            else
            {
                Sample<ushort>(x, y, row, above, below, target, Shape.Width, Options);
            }
        }
    }
}
