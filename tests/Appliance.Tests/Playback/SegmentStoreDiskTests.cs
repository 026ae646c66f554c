using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Playback;

/// <summary>Disks that take nothing: real ones, in memory, which only root can mount.</summary>
public sealed class SegmentStoreDiskTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly ScriptedTranscoder _work = new();
    private bool _isMounted;

    private string Cache => Path.Combine(_folder.Path, "data", "cache");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Disk_WithoutRoomForAnotherFile_IsSaidAndPlayingGoesOn()
    {
        await MountAsync("size=16m,nr_inodes=64");
        await using TestAppliance appliance = await StartAsync();
        string[] fillers = Fill();

        await PlaysAsync(appliance, 1);
        await UntilDetailAsync(appliance, said: true);
        Array.ForEach(fillers, File.Delete);
        await PlaysAsync(appliance, 2);
        await UntilDetailAsync(appliance, said: false);
    }

    [Fact]
    public async Task Disk_ReadOnly_KeptSegmentsArePlayedAndOthersMade()
    {
        await MountAsync("size=16m");
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work, _folder);
        await PlaysAsync(appliance, 1);
        int made = _work.SegmentsStarted.Count(index => index == 1);
        Assert.Equal(0, (await House.RunAsync("mount", "-o", "remount,ro", Cache)).Code);

        await PlaysAsync(appliance, 1);
        await PlaysAsync(appliance, 9);
        await UntilDetailAsync(appliance, said: true);

        Assert.Equal(made, _work.SegmentsStarted.Count(index => index == 1));
    }

    [Fact]
    public async Task Disk_FilledByOthers_IsSaidAndPlayingGoesOn()
    {
        await MountAsync("size=16m");
        await using TestAppliance appliance = await StartAsync();
        string filler = Path.Combine(Cache, "filler");
        Assert.NotEqual(0, (await House.RunAsync("dd", "if=/dev/zero", $"of={filler}", "bs=1M", "count=32")).Code);

        await PlaysAsync(appliance, 1);
        await UntilDetailAsync(appliance, said: true);
        File.Delete(filler);
        await PlaysAsync(appliance, 2);
        await UntilDetailAsync(appliance, said: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
        {
            await House.RunAsync("umount", "-l", Cache);
        }

        _folder.Dispose();
    }

    /// <summary>With its cache looked through, which removes what is not its own.</summary>
    private async Task<TestAppliance> StartAsync()
    {
        TestAppliance appliance = await TestAppliance.StartAsync(_work, _folder);
        Assert.Equal(0, appliance.Store.Status.Entries);
        return appliance;
    }

    private async Task PlaysAsync(TestAppliance appliance, int index)
    {
        Assert.Equal(
            ScriptedTranscoder.Whole(appliance.Order("720p", index)),
            await appliance.GetBytesAsync(appliance.Url("720p", $"{index}.m4s")));
        await _work.UntilAsync(work => work.Running == 0);
        await appliance.UntilLandedAsync();
    }

    private static async Task UntilDetailAsync(TestAppliance appliance, bool said)
    {
        JsonElement health = await appliance.GetJsonAsync("/health/ready");
        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(
            said ? "Finished segments cannot be kept: the disk is full, read-only or failing." : null,
            health.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : null);
        Assert.Equal(said, appliance.Store.Status.Failure is not null);
    }

    /// <summary>Takes every file the disk could still hold.</summary>
    private string[] Fill()
    {
        var files = new List<string>();
        try
        {
            while (true)
            {
                string path = Path.Combine(Cache, $"filler {files.Count}");
                File.WriteAllText(path, "");
                files.Add(path);
            }
        }
        catch (IOException)
        {
            return [.. files];
        }
    }

    private async Task MountAsync(string options)
    {
        Directory.CreateDirectory(Cache);
        _isMounted = Environment.UserName == "root"
            && (await House.RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", Cache)).Code == 0;
        Assert.SkipUnless(_isMounted, "Mounting a disk to fill needs root, and a machine that lets it mount.");
    }
}
