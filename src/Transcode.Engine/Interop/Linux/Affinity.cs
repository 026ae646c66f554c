using System.Numerics;
using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>sched_setaffinity(2): which processors a thread may run on, and those it starts.</summary>
internal static partial class Affinity
{
    /// <summary>Processors a mask speaks of: as many as glibc's own cpu_set_t.</summary>
    private const int Most = 1024;

    /// <summary>The processors that the calling thread may run on, as a mask.</summary>
    /// <returns>Null where the kernel does not tell.</returns>
    public static byte[]? Own()
    {
        byte[] mask = new byte[Most / 8];
        return Get(0, (nuint)mask.Length, mask) < 0 ? null : mask;
    }

    /// <summary>Leaves the calling thread the first so many of some processors.</summary>
    /// <param name="count">At least 1; all where there are no more.</param>
    /// <param name="of">What it had at first.</param>
    /// <returns>0, or the errno.</returns>
    public static int Keep(int count, ReadOnlySpan<byte> of)
    {
        Span<byte> mask = stackalloc byte[Most / 8];
        of.CopyTo(mask);
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
