using Appliance.Webhooks;

namespace Appliance.Tests.Webhooks;

/// <summary>What becomes of a hook by how it is answered.</summary>
public sealed class HookRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ten tries in a day, each pause between four and six fifths of what it is.</summary>
    [Theory]
    [InlineData(0.0, new[] { 4, 24, 96, 480, 1440, 2880, 8640, 17280, 34560 })]
    [InlineData(0.5, new[] { 5, 30, 120, 600, 1800, 3600, 10800, 21600, 43200 })]
    [InlineData(1.0, new[] { 6, 36, 144, 720, 2160, 4320, 12960, 25920, 51840 })]
    public void After_FailedTries_PausesGrowAndEndWithTheTenth(double chance, int[] pauses)
    {
        HookRecord hook = With(Message("a"));
        DateTimeOffset now = Start;
        List<int> found = [];
        while (HookRules.Next(hook) is var (message, at))
        {
            found.Add((int)(at - now).TotalSeconds);
            now = at;
            hook = HookRules.After(hook, message.Id, new(503, "The receiver answered 503."), now, chance);
        }

        Assert.Equal([0, .. pauses], found);
        HookMessage ended = Assert.Single(hook.Ended);
        Assert.Equal((HookMessageState.GivenUp, 10, 503, "The receiver answered 503.", ""), (ended.State, ended.Tries, ended.Status, ended.Reason, ended.Body));
        Assert.Null(hook.Off);
    }

    [Fact]
    public void After_AnAnswer_IsDeliveredAndNothingFails()
    {
        HookRecord hook = HookRules.After(With(Message("a"), Message("b")), "a", new(null, "Nobody answers."), Start, 0);
        Assert.Equal((Start, "b"), (hook.FailingSince, HookRules.Next(hook)!.Value.Message.Id));
        hook = HookRules.After(hook, "b", new(204, null), Start.AddSeconds(1), 0);

        Assert.Equal((null, "a", 1), (hook.FailingSince, Assert.Single(hook.Waiting).Id, hook.Waiting[0].Tries));
        Assert.Equal(("b", HookMessageState.Delivered), (Assert.Single(hook.Ended).Id, hook.Ended[0].State));
    }

    /// <summary>Who asks to be left alone is left alone by all that waits, a day at most.</summary>
    [Theory]
    [InlineData(90, 90)]
    [InlineData(10_000_000, 86_400)]
    [InlineData(-5, 0)]
    public void After_RetryAfter_NothingIsSentUntilThen(int wanted, int rests)
    {
        HookRecord hook = HookRules.After(With(Message("a"), Message("b")), "a", new(429, "The receiver answered 429.", TimeSpan.FromSeconds(wanted)), Start, 0);

        Assert.Equal(("b", Start.AddSeconds(rests)), (HookRules.Next(hook)!.Value.Message.Id, HookRules.Next(hook)!.Value.At));
    }

    [Fact]
    public void After_Gone_SwitchesOffAtOnceAndGivesUpWhatWaits()
    {
        HookRecord hook = HookRules.After(With(Message("a"), Message("b")), "a", new(410, "The receiver answered 410."), Start, 0);

        Assert.Equal("The receiver answered 410: it wants nothing any more.", hook.Off);
        Assert.Empty(hook.Waiting);
        Assert.Equal([("a", 1), ("b", 0)], hook.Ended.Select(message => (message.Id, message.Tries)));
        Assert.Null(HookRules.Next(hook));
    }

    [Fact]
    public void After_ThreeDaysWithoutAnAnswer_SwitchesOff()
    {
        HookRecord hook = HookRules.After(With(Message("a"), Message("b"), Message("c")), "a", new(500, "The receiver answered 500."), Start, 0);
        hook = HookRules.After(hook, "b", new(500, "The receiver answered 500."), Start + HookRules.Patience - TimeSpan.FromTicks(1), 0);
        Assert.Null(hook.Off);
        hook = HookRules.After(hook, "c", new(500, "The receiver answered 500."), Start + HookRules.Patience, 0);

        Assert.Equal("The receiver took nothing for 3 days.", hook.Off);
        Assert.Empty(hook.Waiting);
        Assert.Null(HookRules.SwitchOn(hook).Off);
        Assert.Null(HookRules.SwitchOn(hook).FailingSince);
    }

    [Fact]
    public void After_Many_TheLastFiftyAreShown()
    {
        HookRecord hook = With([.. Enumerable.Range(0, 60).Select(n => Message($"{n}"))]);
        for (int n = 0; n < 60; n++)
        {
            hook = HookRules.After(hook, $"{n}", new(200, null), Start, 0);
        }

        Assert.Equal(Enumerable.Range(10, HookRules.EndedLimit).Select(n => $"{n}"), hook.Ended.Select(message => message.Id));
    }

    private static HookMessage Message(string id) => new(id, HookEvent.JobCompleted, "{}", Start) { NextAt = Start };

    private static HookRecord With(params HookMessage[] waiting) =>
        new("0123456789abcdef", "key", "http://127.0.0.1/", [HookEvent.JobCompleted], HookSecret.Make(), Start) { Waiting = waiting };
}
