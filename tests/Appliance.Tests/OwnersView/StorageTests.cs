using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.OwnersView;

/// <summary>The disk as the owner sees it, and the cache that he clears.</summary>
public sealed class StorageTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Storage_OfABoxThatPlayed_TellsItsParts()
    {
        await using TestAppliance box = await OwnedAsync();
        await box.GetBytesAsync(box.Url("480p", "3.m4s"));
        await box.UntilLandedAsync();
        JsonElement storage = await box.GetJsonAsync("/v1/storage");

        Assert.Equal(Path.Combine(folder.Path, "data"), storage.GetProperty("folder").GetString());
        Assert.InRange(storage.GetProperty("freeBytes").GetInt64(), 1, storage.GetProperty("diskBytes").GetInt64());
        JsonElement[] parts = [.. storage.GetProperty("parts").EnumerateArray()];
        Assert.Equal(["cache", "jobs", "uploads", "origins"], parts.Select(part => part.GetProperty("name").GetString()));
        Assert.Equal((box.Store.Status.UsedBytes, box.Store.Status.Entries), (parts[0].GetProperty("usedBytes").GetInt64(), parts[0].GetProperty("count").GetInt32()));
        Assert.Equal([0L, 0, 0], parts[1..].Select(part => part.GetProperty("usedBytes").GetInt64()));
        Assert.All(parts, part => Assert.Equal(JsonValueKind.Null, part.GetProperty("trouble").ValueKind));
    }

    /// <summary>Who reads a segment has all of it; who asks again gets the same bytes, made anew; and the trail tells who did it.</summary>
    [Fact]
    public async Task Cache_Cleared_WhileSomebodyReads_TakesNothingFromHim()
    {
        var work = new ScriptedTranscoder();
        await using TestAppliance box = await OwnedAsync(work);
        // The last, after which nothing is made ahead.
        string url = box.Url("480p", "15.m4s");
        byte[] whole = await box.GetBytesAsync(url);
        await box.UntilLandedAsync();
        int kept = box.Store.Status.Entries;
        long used = box.Store.Status.UsedBytes;
        using HttpResponseMessage reading = await box.SendAsync(HttpMethod.Get, url);
        int made = Made(work, 15);

        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Delete, "/v1/cache");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement cleared = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((kept, used), (cleared.GetProperty("entries").GetInt32(), cleared.GetProperty("bytes").GetInt64()));
        Assert.Equal((0, 0L), (box.Store.Status.Entries, box.Store.Status.UsedBytes));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "data", "cache"), "*", SearchOption.AllDirectories));

        Assert.Equal(whole, await reading.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(made, Made(work, 15));
        Assert.Equal(whole, await box.GetBytesAsync(url));
        Assert.Equal(made + 1, Made(work, 15));
        JsonElement act = (await box.GetJsonAsync("/v1/audit")).GetProperty("entries")[0];
        Assert.Equal("cache cleared", act.GetProperty("act").GetString());
    }

    /// <summary>What is being made while the cache is cleared is kept when it is made.</summary>
    [Fact]
    public async Task Cache_Cleared_WhileSomethingIsMade_KeepsThat()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder { BeforeChunk = (_, _, token) => go.Task.WaitAsync(token) });
        Task<byte[]> reading = box.GetBytesAsync(box.Url("480p", "3.m4s"));
        await Until.HoldsAsync(() => box.Cache.Status.Flights > 0);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Delete, "/v1/cache");
        go.SetResult();

        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 3)), await reading);
        await box.UntilLandedAsync();
        Assert.NotEqual(0, box.Store.Status.Entries);
    }

    private static int Made(ScriptedTranscoder work, int segment) => Jobs.OwnersJobs.VideoStarted(work).Count(index => index == segment);

    private async Task<TestAppliance> OwnedAsync(ScriptedTranscoder? work = null)
    {
        TestAppliance box = await TestAppliance.StartAsync(work, folder);
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        return box;
    }
}
