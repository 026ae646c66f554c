using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Webhooks;

/// <summary>The whole box, killed between what happens and what is told.</summary>
public sealed class WebhookKillTests(MadeFilm film)
{
    private static readonly string[] OneRung = ["240p"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The receiver refuses until the box is dead, or takes the message and breaks the connection, so that the box is not told: the same message comes once more.</summary>
    [Theory]
    [InlineData("answer 503")]
    [InlineData("answer drop")]
    [InlineData("answer hang")]
    public async Task KilledBox_TellsAfterItsStart_UnderTheSameId(string answer)
    {
        using var folder = new ScratchFolder();
        string data = Path.Combine(folder.Path, "data");
        string[] options = ["--allow-origin", "127.0.0.1", await film.BriefAsync(folder.Path, 4)];
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        string hook;
        string job;
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options))
        {
            hook = await box.Client.HookAsync(Key(box), receiver, "job.completed");
            await receiver.TellAsync(answer);
            job = await JobAsync(box);
            await receiver.UntilAsync(1);
            await box.EndAsync("KILL");
        }

        await receiver.TellAsync("answer 200");
        int before = receiver.Received.Count;
        await using RunningAppliance again = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options);
        JsonElement delivered = await again.Client.UntilAsync(null, hook, Hooks.Is("delivered"));
        JsonElement[] received = await receiver.UntilAsync(before + 1);

        Assert.Equal(before + 1, received.Length);
        Assert.Equal([delivered.GetProperty("id").GetString()], received.Select(one => one.GetProperty("id").GetString()).Distinct());
        Assert.All(received, one => Assert.True(one.GetProperty("verified").ValueKind is JsonValueKind.True, one.ToString()));
        Assert.Equal(job, received[^1].GetProperty("body").GetProperty("data").GetProperty("job").GetString());
    }

    /// <summary>The job's end was written down, and nothing of it in the hook's file, when the box died.</summary>
    [Fact]
    public async Task KilledBox_BetweenAJobsEndAndTheQueue_TellsAfterItsStart()
    {
        using var folder = new ScratchFolder();
        string data = Path.Combine(folder.Path, "data");
        string[] options = ["--allow-origin", "127.0.0.1", await film.BriefAsync(folder.Path, 4)];
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        string hook;
        byte[] file;
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options))
        {
            hook = await box.Client.HookAsync(Key(box), receiver, "job.completed");
            await receiver.TellAsync("answer 503");
            file = await File.ReadAllBytesAsync(FileOf(data, hook), Token);
            await JobAsync(box);
            await receiver.UntilAsync(1);
            await box.EndAsync("KILL");
        }

        await File.WriteAllBytesAsync(FileOf(data, hook), file, Token);
        await receiver.TellAsync("answer 200");
        await using RunningAppliance again = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options);
        JsonElement delivered = await again.Client.UntilAsync(null, hook, Hooks.Is("delivered"));

        Assert.Equal((1, 200), (delivered.GetProperty("tries").GetInt32(), delivered.GetProperty("status").GetInt32()));
        Assert.Single(receiver.Received.Select(one => one.GetProperty("id").GetString()).Distinct());
    }

    private static string FileOf(string data, string hook) => Path.Combine(data, "hooks", $"{hook}.json");

    private static string Key(RunningAppliance box) => box.Client.DefaultRequestHeaders.Authorization!.Parameter!;

    private static async Task<string> JobAsync(RunningAppliance box)
    {
        JsonElement sources = await box.JsonAsync("v1/sources");
        using HttpResponseMessage answer = await box.Client.PostAsJsonAsync(
            "v1/jobs", new { source = sources.GetProperty("sources")[0].GetProperty("id").GetString(), renditions = OneRung }, Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
    }
}
