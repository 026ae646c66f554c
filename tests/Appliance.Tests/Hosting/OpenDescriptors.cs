namespace Appliance.Tests.Hosting;

/// <summary>What this process, which the box runs in, has open.</summary>
internal static class OpenDescriptors
{
    /// <summary>How often a file is open, one that was removed included.</summary>
    /// <param name="path">Absolute.</param>
    public static int Of(string path) => Directory.GetFiles("/proc/self/fd").Count(
        descriptor => new FileInfo(descriptor).LinkTarget is { } target && (target == path || target == $"{path} (deleted)"));
}
