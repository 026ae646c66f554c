using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Jobs;

/// <summary>Jobs over HTTP, as the owner has them.</summary>
internal static class OwnersJobs
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Folder(this ScratchFolder scratch, string job) => Path.Combine(scratch.Path, "data", "jobs", job);

    /// <summary>Asks for a job of the one source there is.</summary>
    public static async Task<HttpResponseMessage> PostJobAsync(this TestAppliance box, string[]? renditions = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs")
        {
            Content = JsonContent.Create(new { source = box.Library.All.Single().Id, renditions }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await box.Client.SendAsync(request, Token);
    }

    /// <returns>The new job's id.</returns>
    public static async Task<string> BeginJobAsync(this TestAppliance box, string[]? renditions = null)
    {
        using HttpResponseMessage answer = await box.PostJobAsync(renditions);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        JsonElement job = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal($"/v1/jobs/{job.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());
        return job.GetProperty("id").GetString()!;
    }

    /// <summary>Follows a job's events until it is in a state.</summary>
    public static async Task<JsonElement> UntilJobAsync(this TestAppliance box, string job, string state)
    {
        while (true)
        {
            using HttpResponseMessage events = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{job}/events");
            await foreach ((_, JsonElement now) in ReadAsync(events))
            {
                if (now.GetProperty("state").GetString() == state)
                {
                    return now;
                }

                Assert.False(now.GetProperty("state").GetString() is "done" or "failed", now.ToString());
            }
        }
    }

    /// <summary>The events of a stream, as they come.</summary>
    public static async IAsyncEnumerable<(string Id, JsonElement Job)> ReadAsync(HttpResponseMessage events)
    {
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Token));
        string id = "";
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (id, JsonDocument.Parse(line[6..]).RootElement);
            }
        }
    }

    /// <summary>Segment numbers that were started, of video, each as often as it was.</summary>
    public static int[] VideoStarted(this ScriptedTranscoder work) => [.. work.Started.Select(s => s.Order)
        .OfType<Transcode.Engine.Workers.SegmentOrder>()
        .Where(order => order.Recipe is Transcode.Engine.Recipes.VideoRecipe)
        .Select(order => order.Index)];
}
