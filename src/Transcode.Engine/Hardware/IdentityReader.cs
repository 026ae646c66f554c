using System.Globalization;

namespace Transcode.Engine.Hardware;

/// <summary>Reads what a box is from what its kernel says.</summary>
/// <param name="files">Of the box.</param>
public sealed class IdentityReader(BoxFiles files)
{
    /// <summary>MIDR's part numbers of ARM's own cores (implementer 0x41), and of Broadcom's B53 and Qualcomm's Kryo that boxes of this kind have;
    /// from arch/arm64/include/asm/cputype.h of Linux.</summary>
    private static readonly Dictionary<(string Implementer, string Part), string> Kinds = new()
    {
        [("0x41", "0xd03")] = "cortex-a53",
        [("0x41", "0xd04")] = "cortex-a35",
        [("0x41", "0xd05")] = "cortex-a55",
        [("0x41", "0xd07")] = "cortex-a57",
        [("0x41", "0xd08")] = "cortex-a72",
        [("0x41", "0xd09")] = "cortex-a73",
        [("0x41", "0xd0a")] = "cortex-a75",
        [("0x41", "0xd0b")] = "cortex-a76",
        [("0x41", "0xd0d")] = "cortex-a77",
        [("0x41", "0xd0c")] = "neoverse-n1",
        [("0x42", "0x100")] = "brahma-b53",
    };

    /// <summary>PCI classes 03: display controllers.</summary>
    private const string DisplayClass = "0x03";

    /// <param name="architecture">Of the box; null to take this process's.</param>
    /// <param name="libraries">Versions of libav, and of the engine.</param>
    public BoxIdentity Read(string? architecture, string libraries)
    {
        string[] cpu = files.Text("proc/cpuinfo")?.Split('\n') ?? [];
        string[] kinds = [.. Values(cpu, "CPU implementer").Zip(Values(cpu, "CPU part"))
            .Select(core => Kinds.GetValueOrDefault(core, $"{core.First}:{core.Second}")).Distinct()];
        string name = Values(cpu, "model name").FirstOrDefault() ?? files.Line("proc/device-tree/model") ?? string.Join(" + ", kinds);
        return new(
            architecture ?? ThisArchitecture(),
            name,
            Values(cpu, "processor").Count(),
            kinds,
            Memory(),
            files.Line("proc/sys/kernel/osrelease") ?? "unknown",
            files.Text("proc/device-tree/compatible")?.Split('\0', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            [.. Graphics()],
            [.. VideoNodes()],
            NvidiaDriver(),
            libraries);
    }

    private static string ThisArchitecture() => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86-64",
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<string> Values(IEnumerable<string> lines, string name) => lines
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2 && parts[0].Trim() == name)
        .Select(parts => parts[1].Trim());

    private long Memory()
    {
        string? line = files.Text("proc/meminfo")?.Split('\n').FirstOrDefault(each => each.StartsWith("MemTotal:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..] && long.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value / 1024
            : 0;
    }

    private IEnumerable<GraphicsDevice> Graphics()
    {
        const string Bus = "sys/bus/pci/devices";
        foreach (string device in files.Names(Bus))
        {
            string folder = $"{Bus}/{device}";
            if (files.Line($"{folder}/class")?.StartsWith(DisplayClass, StringComparison.Ordinal) == true
                && files.Line($"{folder}/vendor") is { Length: > 2 } vendor && files.Line($"{folder}/device") is { Length: > 2 } model)
            {
                string? node = files.Names($"{folder}/drm").FirstOrDefault(name => name.StartsWith("renderD", StringComparison.Ordinal));
                yield return new($"{vendor[2..]}:{model[2..]}", files.LinkName($"{folder}/driver"), node is null ? null : $"/dev/dri/{node}");
            }
        }
    }

    private IEnumerable<VideoNode> VideoNodes() => files.Names("sys/class/video4linux")
        .Where(name => name.StartsWith("video", StringComparison.Ordinal))
        .Select(name => new VideoNode($"/dev/{name}", files.Line($"sys/class/video4linux/{name}/name") ?? "unnamed"));

    /// <summary>As <c>535.183.01</c>, from a line as "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun …".</summary>
    private string? NvidiaDriver() => files.Line("proc/driver/nvidia/version")?
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word.Split('.') is { Length: 2 or 3 } parts && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)));
}
