namespace Appliance.Webhooks;

/// <summary>What becomes of a hook by how its messages are answered.</summary>
internal static class HookRules
{
    /// <summary>Messages that wait for one hook. Where there are as many, further events stay in the journals that tell them, and are taken from there when there is room.</summary>
    public const int WaitingLimit = 200;

    /// <summary>Messages that are over, and still shown.</summary>
    public const int EndedLimit = 50;

    /// <summary>From the first failed try on without a good one, until a hook is switched off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>The longest that a receiver is left alone at its word.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>Pauses after failed tries: 10 tries in about 23 hours.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>After so many, a message is given up.</summary>
    public static int Tries => Pauses.Length + 1;

    /// <summary>A hook after a try of one of its waiting messages.</summary>
    /// <param name="hook">As it was; unchanged where the message waits no longer.</param>
    /// <param name="id">The message's.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="now">When.</param>
    /// <param name="chance">0 to 1: pauses are four to six fifths of what they are, so that hooks that failed together are not tried together.</param>
    public static HookRecord After(HookRecord hook, string id, HookAnswer answer, DateTimeOffset now, double chance)
    {
        if (hook.Waiting.FirstOrDefault(message => message.Id == id) is not { } tried)
        {
            return hook;
        }

        tried = tried with { Tries = tried.Tries + 1, TriedAt = now, Status = answer.Status, Reason = answer.Reason };
        if (answer.IsDelivered)
        {
            return End(hook with { FailingSince = null, RestUntil = null }, tried, HookMessageState.Delivered);
        }

        TimeSpan? rest = answer.RetryAfter is { } wanted && wanted > TimeSpan.Zero ? (wanted < LongestRest ? wanted : LongestRest) : null;
        hook = hook with { FailingSince = hook.FailingSince ?? now, RestUntil = rest is { } time ? now + time : hook.RestUntil };
        string? off = answer.IsGone ? "The receiver answered 410: it wants nothing any more."
            : now - hook.FailingSince >= Patience ? $"The receiver took nothing for {Patience.TotalDays:0} days."
            : null;
        if (off is not null)
        {
            return SwitchOff(End(hook, tried, HookMessageState.GivenUp), off);
        }

        if (tried.Tries >= Tries)
        {
            return End(hook, tried, HookMessageState.GivenUp);
        }

        HookMessage next = tried with { NextAt = now + (Pauses[tried.Tries - 1] * (0.8 + (0.4 * chance))) };
        return hook with { Waiting = [.. hook.Waiting.Select(message => message.Id == id ? next : message)] };
    }

    /// <summary>The message to send next, and when that may be; null where none waits.</summary>
    public static (HookMessage Message, DateTimeOffset At)? Next(HookRecord hook)
    {
        if (hook.Off is not null || hook.Waiting.MinBy(message => message.NextAt) is not { } first)
        {
            return null;
        }

        return (first, hook.RestUntil > first.NextAt ? hook.RestUntil.Value : first.NextAt);
    }

    /// <summary>A hook that somebody asked to be tried, and whose receiver took it: it goes on, with what comes from now on.</summary>
    public static HookRecord SwitchOn(HookRecord hook) => hook with { Off = null, FailingSince = null, RestUntil = null };

    private static HookRecord SwitchOff(HookRecord hook, string reason)
    {
        hook = hook with { Off = reason, RestUntil = null };
        foreach (HookMessage message in hook.Waiting)
        {
            hook = End(hook, message with { Reason = "The hook was switched off." }, HookMessageState.GivenUp);
        }

        return hook;
    }

    private static HookRecord End(HookRecord hook, HookMessage message, HookMessageState state) => hook with
    {
        Waiting = [.. hook.Waiting.Where(waiting => waiting.Id != message.Id)],
        Ended = [.. hook.Ended.Append(message with { State = state, Body = "" }).TakeLast(EndedLimit)],
    };
}
