using System.Globalization;
using System.Text.RegularExpressions;

namespace Appliance.Bench;

/// <summary>What a process has in memory (proc(5), smaps): pages that several share are counted by their shares.</summary>
/// <param name="Proportional">All of it, in bytes; as smaps_rollup sums it up.</param>
/// <param name="Libraries">Of this, what is of shared libraries that neither .NET nor the product brings: libav and all it loads.</param>
internal sealed partial record ProcessMemory(long Proportional, long Libraries)
{
    /// <summary>What a .NET program of any kind loads, and the product's own SQLite and secp256k1.</summary>
    private static readonly string[] Own =
        ["libc.so", "libm.so", "libdl", "libpthread", "librt", "ld-linux", "libstdc++", "libgcc_s", "libssl", "libcrypto", "libz.so", "libe_sqlite3", "libsecp256k1",
            "libcoreclr", "libclrjit", "libhostfxr", "libhostpolicy", "libSystem.", "libgssapi", "libkrb5", "libk5crypto", "libcom_err"];

    public static ProcessMemory Of(int process)
    {
        long all = 0;
        long libraries = 0;
        string file = "";
        foreach (string line in File.ReadLines($"/proc/{process}/smaps"))
        {
            if (Mapping().Match(line) is { Success: true } mapping)
            {
                file = Path.GetFileName(mapping.Groups[1].Value);
            }
            else if (line.StartsWith("Pss:", StringComparison.Ordinal))
            {
                long bytes = long.Parse(line[4..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
                all += bytes;
                libraries += file.Contains(".so", StringComparison.Ordinal) && !Own.Any(own => file.StartsWith(own, StringComparison.Ordinal)) ? bytes : 0;
            }
        }

        return new(all, libraries);
    }

    [GeneratedRegex(@"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)$")]
    private static partial Regex Mapping();
}
