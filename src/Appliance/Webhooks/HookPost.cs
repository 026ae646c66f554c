using System.Text.Json;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Jobs;
using Appliance.Rewards.Log;
using Appliance.Sources;
using global::Rewards.Receipts;

namespace Appliance.Webhooks;

/// <summary>Tells hooks what happens: puts it into their queues, and sends what is due, to each hook one message at a time, and to all of them at once.</summary>
internal sealed partial class HookPost(
    HookShelf shelf, HookNews news, HookSender sender, KeyShelf keys, JobBoard board, SourceLibrary library, PublicLog log, AuditTrail trail, TimeProvider time, ILogger<HookPost> logger)
    : BackgroundService
{
    /// <summary>How long nothing is looked at while nothing wakes it: keys end by themselves, and what could not be written is written again.</summary>
    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(1);

    /// <summary>From a look to the next: segments are finished in quick succession, and are told together.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim awoken = new(0, 1);
    private bool hasFailed;

    public override void Dispose()
    {
        Listen(false);
        awoken.Dispose();
        base.Dispose();
    }

    /// <summary>Sends a message now and once, whatever waits: who asked for it is told what came of it. A hook that was switched off goes on when it is taken.</summary>
    /// <returns>Null where it is being sent something by another who asked.</returns>
    public async Task<HookMessage?> TestAsync(Hook hook, CancellationToken cancellationToken)
    {
        if (!await hook.Line.WaitAsync(HookSender.Patience, cancellationToken))
        {
            return null;
        }

        try
        {
            DateTimeOffset now = time.GetUtcNow();
            HookMessage message = news.Message(hook.Record, new(HookEvent.Test, $"{now:O}", new()));
            HookAnswer answer = await sender.TryAsync(hook.Record, message, cancellationToken);
            message = message with { Tries = 1, TriedAt = time.GetUtcNow(), Status = answer.Status, Reason = answer.Reason, Body = "", State = answer.IsDelivered ? HookMessageState.Delivered : HookMessageState.GivenUp };
            hook.Change(record => (answer.IsDelivered ? HookRules.SwitchOn(record) : record) with { Ended = [.. record.Ended.Append(message).TakeLast(HookRules.EndedLimit)] });
            return message;
        }
        finally
        {
            hook.Line.Release();
            Wake();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Listen(true);
        try
        {
            // What is not on the board yet would be taken for deleted.
            await board.Loaded.WaitAsync(stoppingToken);
            while (true)
            {
                await awoken.WaitAsync(await LookAsync(stoppingToken), stoppingToken);
                await Task.Delay(Rest, stoppingToken);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException || stoppingToken.IsCancellationRequested)
        {
            // The box ends. What is being sent is sent again at the next start, where it was not answered.
        }

        await Task.WhenAll(shelf.All.Select(hook => hook.Sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>How long nothing is due.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        TimeSpan wait = Rhythm;
        foreach (Hook hook in shelf.All)
        {
            try
            {
                if (!Holds(hook, out ApiKey? key))
                {
                    Remove(hook);
                    continue;
                }

                await news.TellAsync(hook, key, stopping);
                hasFailed = false;
            }
            catch (Exception exception) when (exception is ReceiptException or IOException or UnauthorizedAccessException or JsonException)
            {
                // Told once, and tried again at the next look.
                if (!hasFailed)
                {
                    NotLooked(logger, exception);
                }

                hasFailed = true;
            }

            TimeSpan due = Send(hook, stopping);
            wait = due < wait ? due : wait;
        }

        return wait;
    }

    private bool Holds(Hook hook, out ApiKey? key)
    {
        key = null;
        return hook.Record.Key is not { } id || ((key = keys.All.FirstOrDefault(known => known.Id == id)) is not null && key.HoldsAt(time.GetUtcNow()));
    }

    /// <summary>Begins to send what is due.</summary>
    /// <returns>How long nothing is.</returns>
    private TimeSpan Send(Hook hook, CancellationToken stopping)
    {
        if (!hook.IsKept)
        {
            hook.Change(record => record);
        }

        if (!hook.Sending.IsCompleted || HookRules.Next(hook.Record) is not var (message, at))
        {
            return Rhythm;
        }

        TimeSpan wait = at - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            hook.Sending = Task.Run(() => SendAsync(hook, message, stopping), CancellationToken.None);
            return Rhythm;
        }

        return wait;
    }

    private async Task SendAsync(Hook hook, HookMessage message, CancellationToken stopping)
    {
        try
        {
            await hook.Line.WaitAsync(stopping);
            try
            {
                HookAnswer answer = await sender.TryAsync(hook.Record, message, stopping);
                bool wasOff = hook.Record.Off is not null;
                HookRecord after = hook.Change(record => HookRules.After(record, message.Id, answer, time.GetUtcNow(), Random.Shared.NextDouble()));
                if (after.Off is { } reason && !wasOff)
                {
                    SwitchedOff(logger, hook.Id, reason);
                    trail.Write("box", null, "webhook switched off", $"{hook.Id}: {reason}");
                }
            }
            finally
            {
                hook.Line.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            NotSent(logger, exception, hook.Id);
        }
        finally
        {
            Wake();
        }
    }

    /// <summary>A hook ends with its key.</summary>
    private void Remove(Hook hook)
    {
        trail.Write("box", null, "webhook removed", $"{hook.Id}: its key {hook.Record.Key} holds no longer");
        shelf.Remove(hook);
    }

    private void Listen(bool isOn)
    {
        if (isOn)
        {
            shelf.Changed += Wake;
            board.Ended += Wake;
            board.Charged += Wake;
            library.Changed += Wake;
            log.Grew += Wake;
        }
        else
        {
            shelf.Changed -= Wake;
            board.Ended -= Wake;
            board.Charged -= Wake;
            library.Changed -= Wake;
            log.Grew -= Wake;
        }
    }

    private void Wake()
    {
        try
        {
            awoken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or the box ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What hooks are to be told could not be read or written (told once until it can be again)")]
    private static partial void NotLooked(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Id} was switched off: {Reason}")]
    private static partial void SwitchedOff(ILogger logger, string id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to webhook {Id} failed")]
    private static partial void NotSent(ILogger logger, Exception exception, string id);
}
