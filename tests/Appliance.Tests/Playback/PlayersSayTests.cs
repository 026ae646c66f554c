using System.Globalization;
using System.Net;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

/// <summary>What players say of themselves (CMCD), and what the box answers (CMSD), over HTTP.</summary>
public sealed class PlayersSayTests
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedTranscoder _work = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cmcd_InAnyForm_ChangesNeitherBytesNorTagNorWhatIsKept()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        string url = appliance.Url("720p", "15.m4s");
        using HttpResponseMessage plain = await appliance.SendAsync(HttpMethod.Get, url);
        byte[] bytes = await plain.Content.ReadAsByteArrayAsync(Token);
        await appliance.UntilLandedAsync();
        using HttpResponseMessage headers = await appliance.SendAsync(
            HttpMethod.Get, url, ("CMCD-Request", "bl=100,su"), ("CMCD-Status", "bs"), ("CMCD-Session", "sid=\"a\""), ("CMCD-Object", "nonsense="));
        using HttpResponseMessage query = await appliance.SendAsync(HttpMethod.Get, url + "?CMCD=bl%3D100%2Csu");

        foreach (HttpResponseMessage answer in new[] { headers, query })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(plain.Headers.ETag, answer.Headers.ETag);
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Token));
            Assert.StartsWith("cache;desc=\"hit\"", answer.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        }

        Assert.Equal(1, _work.SegmentsStarted.Count(index => index == 15));
    }

    [Theory]
    [InlineData("bs", WorkPriority.Stalling)]
    [InlineData("bl=500", WorkPriority.Stalling)]
    [InlineData("bl=0,su", WorkPriority.Starting)]
    [InlineData("bl=20000", WorkPriority.Playing)]
    [InlineData("bl=oops", WorkPriority.Playing)]
    public async Task Urgency_OfTheOrder_IsWhatThePlayerSays(string said, WorkPriority expected)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"), ("CMCD-Request", said));
        await answer.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(expected, _work.Started.Single(s => s.Order is SegmentOrder { Index: 15 }).Priority);
    }

    [Fact]
    public async Task Urgency_OfSharedWork_IsThatOfTheMostUrgentWhileItWaits()
    {
        _work.BeforeChunk = (_, number, token) => number == 1 ? _go.Task.WaitAsync(token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        string url = appliance.Url("720p", "15.m4s");
        using HttpResponseMessage calm = await appliance.SendAsync(HttpMethod.Get, url, ("CMCD-Request", "bl=20000"));
        HttpResponseMessage urgent = await appliance.SendAsync(HttpMethod.Get, url, ("CMCD-Status", "bs"));
        await _work.UntilAsync(work => work.Raised.Count == 1);
        urgent.Dispose();
        await _work.UntilAsync(work => work.Raised.Count == 2);
        _go.SetResult();
        await calm.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal([WorkPriority.Stalling, WorkPriority.Playing], _work.Raised.Select(change => change.Priority));
    }

    [Theory]
    [InlineData("bl=1000", "4 5 6 7 8")]
    [InlineData("bl=12000", "4 5 6")]
    [InlineData("bl=25000", "4 5")]
    [InlineData("bl=25000,nor=\"9.m4s\"", "4 9")]
    [InlineData("bl=12000,nor=\"9.m4s\"", "4 9 10")]
    [InlineData("bl=25000,nor=\"..%2F..%2F..%2Fother%2Fhls%2Fx%2F9.m4s\"", "4 5")]
    [InlineData("bl=25000,nor=\"http:%2F%2Felsewhere%2F9.m4s\"", "4 5")]
    [InlineData("bl=25000,nor=\"99999.m4s\"", "4")]
    [InlineData("bl=25000,nor=\"%00\"", "4 5")]
    public async Task ReadAhead_FollowsWhatThePlayerSays(string said, string expected)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "4.m4s"), ("CMCD-Request", said));
        await answer.Content.ReadAsByteArrayAsync(Token);
        int[] indices = [.. expected.Split(' ').Select(index => int.Parse(index, CultureInfo.InvariantCulture))];
        await _work.UntilAsync(work => work.Running == 0 && work.SegmentsStarted.Count() == indices.Length);

        Assert.Equal(indices, _work.SegmentsStarted.Order());
    }

    [Fact]
    public async Task ReadAhead_NextObjectOfAnotherRung_IsMadeOfThatRung()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        string other = new Uri(appliance.BaseAddress, appliance.Url("480p", "5.m4s")).Segments[^2];
        using HttpResponseMessage answer = await appliance.SendAsync(
            HttpMethod.Get, appliance.Url("720p", "4.m4s"), ("CMCD-Request", $"bl=25000,nor=\"..%2F{other}5.m4s\""));
        await answer.Content.ReadAsByteArrayAsync(Token);
        await _work.UntilAsync(work => work.SegmentsStarted.Count() == 2);

        Assert.Equal(appliance.Order("480p", 5).Recipe, _work.Started.Select(s => s.Order).OfType<SegmentOrder>().Last().Recipe);
    }

    [Fact]
    public async Task Cmsd_OnceSomethingWasMeasured_SaysWhatTheBoxCanHold()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage first = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "14.m4s"));
        await first.Content.ReadAsByteArrayAsync(Token);
        await appliance.UntilLandedAsync();
        using HttpResponseMessage second = await appliance.SendAsync(HttpMethod.Get, appliance.Url("480p", "15.m4s"));
        using HttpResponseMessage sound = await appliance.SendAsync(HttpMethod.Get, appliance.Url("audio", "14.m4s"));
        string master = await appliance.GetTextAsync($"/v1/sources/{appliance.Library.All.Single().Id}/hls/master.m3u8");

        Assert.Equal("\"appliance\"", first.Headers.GetValues("CMSD-Dynamic").Single());
        Assert.Matches("^ht=[0-9]+$", first.Headers.GetValues("CMSD-Static").Single());
        string said = second.Headers.GetValues("CMSD-Dynamic").Single();
        Assert.Matches("^\"appliance\";etp=[0-9]+;mb=[0-9]+$", said);
        Assert.False(sound.Headers.Contains("CMSD-Dynamic"));

        // Nobody is in the way, so it can hold the highest: as the master playlist declares it, in whole thousands.
        int highest = master.Split('\n').Where(line => line.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal))
            .Max(line => int.Parse(line.Split("BANDWIDTH=")[1].Split(',')[0], CultureInfo.InvariantCulture));
        Assert.EndsWith($";mb={(highest + 999) / 1000}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Busy_TheHigherRungIsShedWithAReasonAndTheLowestIsNot()
    {
        _work.BeforeChunk = (_, number, token) => number == 1 ? _go.Task.WaitAsync(token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work, slots: 1);
        SegmentOrder measured = appliance.Order("720p", 0);
        appliance.Capacity.Record(measured, ScriptedTranscoder.Report(elapsed: TimeSpan.FromSeconds(3)));
        using HttpResponseMessage busy = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "1.m4s"));
        (string, string) hurried = ("CMCD-Request", "bl=4500");
        using HttpResponseMessage shed = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "5.m4s"), hurried);
        using HttpResponseMessage joined = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "1.m4s"), hurried);
        Task<HttpResponseMessage> patient = appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "6.m4s"), ("CMCD-Request", "bl=20000"));
        Task<HttpResponseMessage> lowest = appliance.SendAsync(HttpMethod.Get, appliance.Url("240p", "5.m4s"), ("CMCD-Status", "bs"));
        await _work.UntilAsync(work => work.SegmentsStarted.Count() == 3);
        _go.SetResult();

        Assert.Equal(HttpStatusCode.TooManyRequests, shed.StatusCode);
        Assert.Equal("application/problem+json", shed.Content.Headers.ContentType?.MediaType);
        Assert.Contains("a lower one may come in time", await shed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.InRange(shed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Contains(";mb=", shed.Headers.GetValues("CMSD-Dynamic").Single(), StringComparison.Ordinal);
        Assert.False(shed.Headers.Contains("ETag"));
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await patient).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await lowest).StatusCode);
    }
    /// <summary>Who asks for the same a third time does not step down for being refused, and would give up in the end.</summary>
    [Fact]
    public async Task Busy_TheSameAskedForAThirdTime_IsMadeForWhoAsked()
    {
        _work.BeforeChunk = (_, number, token) => number == 1 ? _go.Task.WaitAsync(token) : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work, slots: 1);
        appliance.Capacity.Record(appliance.Order("720p", 0), ScriptedTranscoder.Report(elapsed: TimeSpan.FromSeconds(3)));
        using HttpResponseMessage busy = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "1.m4s"));
        Task<HttpResponseMessage> AskAsync(string player, int index) => appliance.SendAsync(
            HttpMethod.Get, appliance.Url("720p", $"{index}.m4s"), ("CMCD-Request", "bl=4500"), ("CMCD-Session", $"sid=\"{player}\""));
        foreach (int index in new[] { 5, 5, 6 })
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync("one", index)).StatusCode);
        }

        Task<HttpResponseMessage> third = AskAsync("one", 5);
        await _work.UntilAsync(work => work.SegmentsStarted.Contains(5));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync("other", 7)).StatusCode);
        _go.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await third).StatusCode);
    }
}
