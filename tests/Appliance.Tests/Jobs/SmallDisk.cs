using Appliance.Tests.Hosting;

namespace Appliance.Tests.Jobs;

/// <summary>A disk in memory that can be filled up; skips the test where one cannot be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, string options)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && House.HasProgram("mount"), "Only root can mount the disk that is filled up.");
        Directory.CreateDirectory(path);
        (int code, string output) = await House.RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", path);
        Assert.SkipUnless(code == 0, $"The disk that is filled up cannot be mounted here: {output.Trim()}");
        return new(path);
    }

    public async Task RemountAsync(string options)
    {
        (int code, string output) = await House.RunAsync("mount", "-o", $"remount,{options}", Path);
        Assert.True(code == 0, output);
    }

    public void Dispose() => System.Diagnostics.Process.Start("umount", ["-l", Path]).WaitForExit();
}
