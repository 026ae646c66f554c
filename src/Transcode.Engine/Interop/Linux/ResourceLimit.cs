using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>setrlimit(2). The numbers are those of every architecture .NET runs on (MIPS and SPARC differ).</summary>
internal static partial class ResourceLimit
{
    public const int RLIMIT_FSIZE = 1;
    public const int RLIMIT_DATA = 2;
    public const int RLIMIT_CORE = 4;
    public const int RLIMIT_NOFILE = 7;

    /// <summary>Sets the soft and the hard limit, so that it cannot be raised again.</summary>
    /// <returns>0, or the errno.</returns>
    public static int Set(int resource, ulong value)
    {
        // rlim_t is an unsigned long.
        nuint clamped = (nuint)Math.Min(value, nuint.MaxValue);
        var limit = new RLimit(clamped, clamped);
        return Call(resource, in limit) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int Call(int resource, in RLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct RLimit(nuint current, nuint maximum)
    {
        public readonly nuint Current = current;
        public readonly nuint Maximum = maximum;
    }
}
