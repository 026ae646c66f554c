using System.Numerics;
using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>sched_setaffinity(2): which processors a thread may run on, and those it starts.</summary>
internal static partial class Affinity
{
    /// <summary>Processors a mask speaks of: as many as glibc's own cpu_set_t.</summary>
    private const int Most = 1024;

    /// <summary>Leaves the calling thread the first so many of the processors that it has.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Keep(int count)
    {
        Span<byte> mask = stackalloc byte[Most / 8];
        mask.Clear();
        if (Get(0, (nuint)mask.Length, mask) < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        foreach (ref byte eight in mask)
        {
            while (BitOperations.PopCount(eight) > count)
            {
                // The highest of those that are too many.
                eight &= (byte)~(1 << BitOperations.Log2(eight));
            }

            count -= BitOperations.PopCount(eight);
        }

        return Set(0, (nuint)mask.Length, mask) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int Get(int thread, nuint length, Span<byte> mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int Set(int thread, nuint length, ReadOnlySpan<byte> mask);
}
