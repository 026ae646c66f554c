using System.Diagnostics;
using Xunit;

namespace Rewards.Tests;

/// <summary>A real file system in memory that can be full, and then be given room; skips the test where one cannot be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <param name="path">Made.</param>
    /// <param name="size">As mount has it: <c>600k</c>.</param>
    public static SmallDisk Mount(string path, string size)
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Directory.CreateDirectory(path).FullName),
            "Only root may mount a disk of its own.");
        return new(path);
    }

    public void Grow(string size) => Assert.True(Run("mount", "-o", $"remount,size={size}", Path));

    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
