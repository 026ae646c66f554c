using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Whether a device rounds quotients and roots of single precision as IEEE 754 says, found by having it make some: what a device says of
/// itself is asked for as an option, but simulators and some drivers round rightly and do not say so.</summary>
internal static class DivisionTrial
{
    /// <summary>A device that is off by an ulp here and there is so in one of some hundreds at least.</summary>
    private const int Count = 1 << 14;

    /// <exception cref="Interop.OpenCl.OpenClException">The device fails.</exception>
    public static bool IsExact(DeviceContext context)
    {
        var random = new Random(1);
        float[] dividends = [.. Enumerable.Range(0, Count).Select(_ => Number())];
        float[] divisors = [.. Enumerable.Range(0, Count).Select(_ => Number())];
        using DeviceQueue queue = context.NewQueue();
        using var tables = new KernelTables(context, queue);
        using DeviceKernel kernel = context.NewKernel("division", "divide");
        DeviceBuffer quotients = tables.Room<float>(Count), roots = tables.Room<float>(Count);
        queue.Run(
            kernel.With(tables.Table<float>(dividends), tables.Table<float>(divisors), quotients, roots, Count),
            Groups.For(Count / Groups.Down, Groups.Down),
            Groups.Local).Dispose();
        float[] madeQuotients = queue.ReadNow<float>(quotients, Count), madeRoots = queue.ReadNow<float>(roots, Count);
        return Enumerable.Range(0, Count).All(i => madeQuotients[i] == dividends[i] / divisors[i] && madeRoots[i] == MathF.Sqrt(dividends[i]));

        // Half of them whole numbers, as most are that kernels divide, the others of any size that they come to.
        float Number() => random.Next(2) == 0 ? random.Next(1, 1 << 24) : MathF.ScaleB(1 + random.NextSingle(), random.Next(-20, 24));
    }
}
