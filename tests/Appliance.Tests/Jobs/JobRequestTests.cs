using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Jobs;

/// <summary>How jobs are asked for, listened to and taken back.</summary>
public sealed class JobRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_TwiceUnderOneKey_IsOneJobAndAnotherBodyIsRefused()
    {
        await using TestAppliance box = await OwnedAsync(Held());
        using HttpResponseMessage first = await box.PostJobAsync(["480p"], "key 1");
        using HttpResponseMessage second = await box.PostJobAsync(["480p"], "key 1");
        using HttpResponseMessage other = await box.PostJobAsync(["360p"], "key 1");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal((HttpStatusCode.Created, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("application/problem+json", other.Content.Headers.ContentType?.MediaType);
        Assert.Single((await box.GetJsonAsync("/v1/jobs")).GetProperty("jobs").EnumerateArray());
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"source\":\"00000000000000000000\"}", HttpStatusCode.NotFound)]
    [InlineData("{\"source\":\"SOURCE\",\"renditions\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"source\":\"SOURCE\",\"renditions\":[\"1080p\"]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"source\":\"SOURCE\",\"renditions\":[null]}", HttpStatusCode.BadRequest)]
    [InlineData("[", HttpStatusCode.BadRequest)]
    public async Task Post_Nonsense_IsAProblem(string body, HttpStatusCode status)
    {
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder());
        using var content = new StringContent(
            body.Replace("SOURCE", box.Library.All.Single().Id, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await box.Client.PostAsync("/v1/jobs", content, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Post_MoreThanTheBoxHolds_IsRefused()
    {
        await using TestAppliance box = await OwnedAsync(Held());
        for (int i = 0; i < Appliance.Jobs.JobBoard.Limit; i++)
        {
            await box.BeginJobAsync(["360p"]);
        }

        using HttpResponseMessage answer = await box.PostJobAsync(["360p"]);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/jobs/0123456789abcdef")]
    [InlineData("GET", "/v1/jobs/0123456789abcdef/events")]
    [InlineData("DELETE", "/v1/jobs/0123456789abcdef")]
    public async Task UnknownJob_Is404(string method, string url)
    {
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder());
        using HttpResponseMessage answer = await box.SendAsync(new HttpMethod(method), url);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Delete_RunningJob_CancelsItsWorkAndLeavesNothing()
    {
        using var folder = new ScratchFolder();
        ScriptedTranscoder work = Held();
        await using TestAppliance box = await OwnedAsync(work, folder);
        string id = await box.BeginJobAsync();
        await work.UntilAsync(w => w.Running > 0);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Delete, $"/v1/jobs/{id}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await work.UntilAsync(w => w.Running == 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "data", "jobs")));
        using HttpResponseMessage gone = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Delete_EndedJob_ItsSegmentsAreMadeAnew()
    {
        using var folder = new ScratchFolder();
        var work = new ScriptedTranscoder();
        await using TestAppliance box = await OwnedAsync(work, folder);
        string id = await box.BeginJobAsync(["480p"]);
        await box.UntilJobAsync(id, "done");
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Delete, $"/v1/jobs/{id}");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 3)), await box.GetBytesAsync(box.Url("480p", "3.m4s")));
        Assert.Equal(2, work.VideoStarted().Count(index => index == 3));
    }

    [Fact]
    public async Task Events_OfAJob_TellEachStateOnceAndEndWithIt()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestAppliance box = await OwnedAsync(new ScriptedTranscoder { BeforeChunk = (_, _, token) => go.Task.WaitAsync(token) });
        string id = await box.BeginJobAsync(["360p"]);
        using HttpResponseMessage events = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");
        var seen = new List<(string Id, JsonElement Job)>();
        await foreach ((string Id, JsonElement Job) told in OwnersJobs.ReadAsync(events))
        {
            seen.Add(told);
            go.TrySetResult();
        }

        Assert.Equal("done", seen[^1].Job.GetProperty("state").GetString());
        Assert.Equal(seen.Count, seen.Select(told => told.Id).Distinct().Count());
        double[] shares = [.. seen.Select(told => told.Job.GetProperty("progress")).Where(p => p.ValueKind == JsonValueKind.Object)
            .Select(p => p.GetProperty("share").GetDouble())];
        Assert.Equal(shares.Order(), shares);

        // Who has the last event is told that there is nothing more; who has an earlier one, or another start's, gets the last.
        using HttpResponseMessage back = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events", ("Last-Event-ID", seen[^1].Id));
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        using HttpResponseMessage late = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events", ("Last-Event-ID", "00000000-1"));
        Assert.Equal([seen[^1].Id], await OwnersJobs.ReadAsync(late).Select(told => told.Id).ToListAsync(Token));
    }

    [Fact]
    public async Task Events_MoreListenersThanTheBoxTakes_AreAskedToComeBack()
    {
        await using TestAppliance box = await OwnedAsync(Held());
        string id = await box.BeginJobAsync();
        var listening = new List<HttpResponseMessage>();
        for (int i = 0; i < Appliance.Jobs.JobListeners.Limit; i++)
        {
            listening.Add(await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events"));
        }

        using HttpResponseMessage surplus = await box.SendAsync(HttpMethod.Get, $"/v1/jobs/{id}/events");
        Assert.All(listening, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, surplus.StatusCode);
        Assert.NotNull(surplus.Headers.RetryAfter);
        listening.ForEach(answer => answer.Dispose());
    }

    /// <summary>Workers that never come to an end.</summary>
    private static ScriptedTranscoder Held() => new() { BeforeChunk = (_, _, token) => Task.Delay(-1, token) };

    private static async Task<TestAppliance> OwnedAsync(ScriptedTranscoder work, ScratchFolder? folder = null)
    {
        TestAppliance box = await TestAppliance.StartAsync(work, folder);
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        return box;
    }
}
