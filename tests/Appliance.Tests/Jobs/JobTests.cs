using System.Text.Json;
using Appliance.Playback;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Jobs;

/// <summary>What a job makes, and who may have it.</summary>
public sealed class JobTests
{
    private const int Segments = 16;

    [Fact]
    public async Task Job_OneRung_MakesItWithSoundAndPlayersGetItWithoutFurtherWork()
    {
        using var folder = new ScratchFolder();
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder(), folder);
        string id = await box.BeginJobAsync(["480p"]);
        JsonElement job = await box.UntilJobAsync(id, "done");

        Assert.Equal(["480p", "audio"], job.GetProperty("renditions").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(1, job.GetProperty("progress").GetProperty("share").GetDouble());
        Assert.Equal(Enumerable.Range(0, Segments), box.Work.VideoStarted().Order());
        Assert.All(box.Work.Started.Where(s => s.Order is SegmentOrder), s => Assert.Equal(WorkPriority.Background, s.Priority));
        int started = box.Work.Started.Count;

        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 7)), await box.GetBytesAsync(box.Url("480p", "7.m4s")));
        string output = Path.Combine(folder.Folder(id), "output");
        string rung = box.Url("480p", "").TrimEnd('/').Split('/')[^1];
        Assert.Equal(
            await box.GetTextAsync(box.Url("480p", "index.m3u8")),
            await File.ReadAllTextAsync(Path.Combine(output, rung, "index.m3u8"), TestContext.Current.CancellationToken));
        Assert.Contains(
            $"\n{rung}/index.m3u8\n",
            await File.ReadAllTextAsync(Path.Combine(output, "master.m3u8"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(started, box.Work.Started.Count);
        Assert.Equal(0, box.Store.Status.Entries);
    }

    [Fact]
    public async Task Job_BoxRestartedInTheMiddle_GoesOnWithWhatIsLeftAndIsMeteredOnce()
    {
        using var folder = new ScratchFolder();
        string id;
        int[] kept;
        var first = new ScriptedTranscoder { BeforeChunk = (order, _, token) => order.Index < 9 ? Task.CompletedTask : Task.Delay(-1, token) };
        await using (TestAppliance box = await OwnedAsync(first, folder))
        {
            id = await box.BeginJobAsync(["480p"]);
            string segments = Path.Combine(folder.Folder(id), "output", box.Url("480p", "").TrimEnd('/').Split('/')[^1]);
            await Until.HoldsAsync(() => Directory.Exists(segments) && Directory.GetFiles(segments, "*.m4s").Length == 9);
            kept = [.. Directory.GetFiles(segments, "*.m4s").Select(file => int.Parse(Path.GetFileNameWithoutExtension(file)))];
        }

        var second = new ScriptedTranscoder();
        await using TestAppliance again = await OwnedAsync(second, folder);
        await again.UntilJobAsync(id, "done");

        Assert.Equal(Enumerable.Range(0, Segments).Except(kept), second.VideoStarted().Order());
        JsonElement records = (await again.GetJsonAsync("/v1/rewards/records?limit=1000")).GetProperty("records");
        Assert.Equal(2 * Segments, records.GetArrayLength());
        Assert.All(records.EnumerateArray(), record => Assert.Equal("Background", record.GetProperty("work").GetProperty("demand").GetString()));
    }

    [Fact]
    public async Task Job_EndedBeforeARestart_IsStillThereAndStillServed()
    {
        using var folder = new ScratchFolder();
        string id;
        await using (TestAppliance box = await OwnedAsync(new ScriptedTranscoder(), folder))
        {
            id = await box.BeginJobAsync(["480p"]);
            await box.UntilJobAsync(id, "done");
        }

        var second = new ScriptedTranscoder();
        await using TestAppliance again = await OwnedAsync(second, folder);
        Assert.Equal("done", (await again.GetJsonAsync($"/v1/jobs/{id}")).GetProperty("state").GetString());
        await Until.HoldsAsync(() => again.Shelf.Contains(new ArtifactKey(
            again.Library.All.Single().Bytes!.Fingerprint,
            again.Order("480p", 15).Recipe.Id, "15", ScriptedTranscoder.Identity).Name));
        Assert.Equal(ScriptedTranscoder.Whole(again.Order("480p", 15)), await again.GetBytesAsync(again.Url("480p", "15.m4s")));
        Assert.Empty(second.VideoStarted());
    }

    [Fact]
    public async Task Player_WhileAJobFillsTheBox_IsStartedAtOnceAndMakesASharedSegmentUrgent()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new ScriptedTranscoder { BeforeChunk = (order, _, token) => order.Index == 12 ? Task.CompletedTask : go.Task.WaitAsync(token) };
        using var folder = new ScratchFolder();
        await using TestAppliance box = await OwnedAsync(work, folder);
        string id = await box.BeginJobAsync(["480p"]);

        // Both renditions of one index more than the box has slots.
        const int Width = 2 * (TestAppliance.Slots + 1);
        await work.UntilAsync(w => w.Running == Width);

        // One that the job is far from: made for the player, with nothing of the job in between.
        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 12)), await box.GetBytesAsync(box.Url("480p", "12.m4s")));
        Assert.Equal(WorkPriority.Playing, work.Started.Single(s => s.Order is SegmentOrder { Index: 12 }).Priority);
        Assert.True(work.VideoStarted().Count(index => index < 12) <= Width);

        // One that the job has begun: joined, and urgent from now on.
        Task<byte[]> joined = box.GetBytesAsync(box.Url("480p", "0.m4s"));
        await work.UntilAsync(w => w.Raised.Any(r => r is (SegmentOrder { Index: 0 }, WorkPriority.Playing)));
        go.SetResult();
        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 0)), await joined);
        await box.UntilJobAsync(id, "done");
        Assert.Equal(Enumerable.Range(0, Segments), work.VideoStarted().Order());
    }

    [Fact]
    public async Task Job_ASegmentThatCannotBeMade_GoesOnAndNamesIt()
    {
        var work = new ScriptedTranscoder
        {
            BeforeChunk = (order, _, _) => order is { Index: 5, Recipe: Transcode.Engine.Recipes.VideoRecipe }
                ? Task.FromException(new TranscodeException(FailureStage.Decode, FailureCause.NothingDecodes, "Not one picture decodes here."))
                : Task.CompletedTask,
        };
        using var folder = new ScratchFolder();
        await using TestAppliance box = await OwnedAsync(work, folder);
        string id = await box.BeginJobAsync(["480p"]);
        JsonElement job = await box.UntilJobAsync(id, "failed");

        Assert.Equal("1 segments cannot be made.", job.GetProperty("reason").GetString());
        JsonElement failure = Assert.Single(job.GetProperty("failures").EnumerateArray());
        Assert.Equal(("480p", 5, "Not one picture decodes here."), (
            failure.GetProperty("rendition").GetString(), failure.GetProperty("index").GetInt32(), failure.GetProperty("reason").GetString()));
        string rung = Path.Combine(folder.Folder(id), "output", box.Url("480p", "").TrimEnd('/').Split('/')[^1]);
        Assert.Equal(Segments - 1, Directory.GetFiles(rung, "*.m4s").Length);
        string playlist = await File.ReadAllTextAsync(Path.Combine(rung, "index.m3u8"), TestContext.Current.CancellationToken);
        Assert.Contains("#EXT-X-GAP\n5.m4s\n", playlist, StringComparison.Ordinal);
        Assert.Single(playlist.Split('\n'), "#EXT-X-GAP");
    }

    [Fact]
    public async Task Job_QuotaUsedUp_WaitsSayingSoAndKeepsWithinIt()
    {
        using var folder = new ScratchFolder();
        const long Quota = 10 * 4096;
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder(), folder, quota: Quota);
        string id = await box.BeginJobAsync(["480p"]);
        JsonElement job = await box.UntilJobAsync(id, "waiting");

        Assert.Equal("The space for jobs is used up: 0 MiB.", job.GetProperty("reason").GetString());
        string[] made = [.. Directory.EnumerateFiles(Path.Combine(folder.Folder(id), "output"), "*", SearchOption.AllDirectories)];
        Assert.InRange(made.Length, 1, 10);
        Assert.All(made, file => Assert.True(file.EndsWith(".m4s", StringComparison.Ordinal) || file.EndsWith(".mp4", StringComparison.Ordinal), file));
    }

    [Fact]
    public async Task Job_DiskFullThenFreed_WaitsSayingSoAndGoesOn()
    {
        using var folder = new ScratchFolder();
        using SmallDisk disk = await SmallDisk.MountAsync(Path.Combine(folder.Path, "data"), "size=100m");
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder(), folder);
        string id = await box.BeginJobAsync(["480p"]);
        JsonElement job = await box.UntilJobAsync(id, "waiting");

        Assert.Equal("The disk is full: the last of it is left for the box itself.", job.GetProperty("reason").GetString());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Folder(id), "output"), "*", SearchOption.AllDirectories));
        await disk.RemountAsync("size=400m");
        await box.UntilJobAsync(id, "done");
        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 7)), await box.GetBytesAsync(box.Url("480p", "7.m4s")));
    }

    private static async Task<TestAppliance> OwnedAsync(ScriptedTranscoder work, ScratchFolder folder, long? quota = null)
    {
        TestAppliance box = await TestAppliance.StartAsync(work, folder, jobsQuotaBytes: quota);
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        return box;
    }
}
