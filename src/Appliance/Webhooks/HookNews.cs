using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Access;
using Appliance.Access.Keys;
using Appliance.Jobs;
using Appliance.Rewards.Accounts;
using Appliance.Sources;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Webhooks;

/// <summary>What there is to tell a hook: worked out from the jobs as they are written down, from receipts, and from the library, against what the hook's record says was told.
/// So nothing is lost between something that happens and the hook's queue, whenever the box dies.</summary>
internal sealed class HookNews(JobBoard board, BoxAccounts accounts, SourceLibrary library, TimeProvider time)
{
    private const int IdDigits = 32;

    /// <summary>Takes all that ended before a hook was made as told.</summary>
    public void Begin(Hook hook)
    {
        hook.Begin(record => record with { Told = [.. board.All.SelectMany(job => OfJob(job.Record)).Select(item => IdOf(record, item))] });
        if (WantsSources(hook.Record))
        {
            hook.Sources.Add(library.All.Select(source => NameOf(source.State) is { } name ? name + source.Id : null).OfType<string>());
        }
    }

    /// <summary>Puts into a hook's queue what it was not told yet, as far as there is room.</summary>
    /// <param name="hook">Whose key still holds.</param>
    /// <param name="key">Its key; null for the owner's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ReceiptException">The receipts cannot be read.</exception>
    /// <exception cref="IOException">Which sources were told cannot be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task TellAsync(Hook hook, ApiKey? key, CancellationToken cancellationToken)
    {
        JobRecord[] jobs = [.. board.All.Select(job => job.Record)];
        TellJobs(hook, key, jobs);
        await TellReceiptsAsync(hook, [.. jobs.Where(job => job.Payment is { Charged: null } payment && MaySee(key, payment))], jobs, cancellationToken);
        TellSources(hook);
    }

    private static bool WantsSources(HookRecord hook) => hook.Events.Contains(HookEvent.SourceReady) || hook.Events.Contains(HookEvent.SourceRefused);

    private static bool MaySee(ApiKey? key, JobRecord job, HookItem item) =>
        item.Type == HookEvent.OrderSettled ? MaySee(key, job.Payment!) : key is null || key.Scope.Grants(Scope.Jobs);

    /// <summary>An order is its requester's: a key sees those that it may make.</summary>
    private static bool MaySee(ApiKey? key, JobPayment payment) =>
        key is null || key.Scope.Grants(Scope.Owner) || (key.Scope.Grants(Scope.Orders) && string.Equals(key.Funds, payment.Requester, StringComparison.OrdinalIgnoreCase));

    private void TellJobs(Hook hook, ApiKey? key, JobRecord[] all) => hook.Change(record =>
    {
        HashSet<string> told = [.. record.Told];
        List<HookItem> fresh = [.. all.SelectMany(job => OfJob(job).Where(item => MaySee(key, job, item) && !told.Contains(IdOf(record, item))))];
        if (record.Off is null)
        {
            fresh = [.. fresh.Take(Math.Max(0, HookRules.WaitingLimit - record.Waiting.Count))];
        }

        // What no job tells any more cannot be told twice.
        HashSet<string> there = [.. all.SelectMany(OfJob).Select(item => IdOf(record, item))];
        string[] known = [.. record.Told.Where(there.Contains), .. fresh.Select(item => IdOf(record, item))];
        return fresh.Count == 0 && known.Length == record.Told.Count ? record : Queue(record, fresh) with { Told = known };
    });

    private async Task TellReceiptsAsync(Hook hook, JobRecord[] orders, JobRecord[] all, CancellationToken cancellationToken)
    {
        HookRecord now = hook.Record;
        if (!now.Events.Contains(HookEvent.ReceiptsIssued) || now.Off is not null || !accounts.IsOpen)
        {
            return;
        }

        foreach (string quote in orders.Select(job => job.Payment!.Quote))
        {
            // The next are told when these have been: whoever is told asks for all that follow.
            now = hook.Record;
            long after = now.Receipts.GetValueOrDefault(quote);
            if (now.Waiting.Count >= HookRules.WaitingLimit || now.Waiting.Any(message => message.Type == HookEvent.ReceiptsIssued && message.Body.Contains(quote, StringComparison.Ordinal)))
            {
                continue;
            }

            IReadOnlyList<SignedReceipt> receipts = await accounts.Receipts.OfJobAsync(Hash256.Parse(quote), after, ReceiptStore.ReadLimit, cancellationToken);
            if (receipts.Count == 0)
            {
                continue;
            }

            long last = (long)receipts[^1].Receipt.Seq;
            var item = new HookItem(HookEvent.ReceiptsIssued, $"{quote}/{last}", new(Order: quote, After: after, Last: last, Count: receipts.Count));
            hook.Change(record => Queue(record, [item]) with { Receipts = Only(record.Receipts, all, quote, last) });
        }
    }

    private static Dictionary<string, long> Only(IReadOnlyDictionary<string, long> known, JobRecord[] all, string quote, long last)
    {
        HashSet<string> there = [.. all.Select(job => job.Payment?.Quote).OfType<string>()];
        return new(known.Where(pair => there.Contains(pair.Key) && pair.Key != quote).Append(new(quote, last)));
    }

    private void TellSources(Hook hook)
    {
        if (!WantsSources(hook.Record))
        {
            return;
        }

        List<string> names = [];
        List<HookItem> fresh = [];
        int room = hook.Record.Off is null ? HookRules.WaitingLimit - hook.Record.Waiting.Count : int.MaxValue;
        foreach (Source source in library.All)
        {
            if (NameOf(source.State) is { } name && !hook.Sources.Has(name + source.Id) && room-- > 0)
            {
                names.Add(name + source.Id);
                fresh.Add(OfSource(source));
            }
        }

        if (names.Count > 0)
        {
            hook.Change(record => Queue(record, fresh));
            hook.Sources.Add(names);
        }
    }

    /// <summary>What is sent to one hook.</summary>
    public HookMessage Message(HookRecord hook, HookItem item)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new(IdOf(hook, item), item.Type, JsonSerializer.Serialize(new HookBody(item.Type, now, item.Data), WebhooksJson.Default.HookBody), now);
    }

    /// <summary>Adds what the hook wants and does not have. One that is switched off gets nothing.</summary>
    private HookRecord Queue(HookRecord record, IEnumerable<HookItem> items)
    {
        if (record.Off is not null)
        {
            return record;
        }

        HashSet<string> known = [.. record.Waiting.Concat(record.Ended).Select(message => message.Id)];
        HookMessage[] added = [.. items.Where(item => record.Events.Contains(item.Type) && !known.Contains(IdOf(record, item))).Select(item => Message(record, item))];
        return added.Length == 0 ? record : record with { Waiting = [.. record.Waiting, .. added] };
    }

    private static IEnumerable<HookItem> OfJob(JobRecord job)
    {
        if (job.End is { } end)
        {
            string type = end.Reason is null ? HookEvent.JobCompleted : HookEvent.JobFailed;
            yield return new(type, job.Id, new(Job: job.Id, Source: job.SourceId, Order: job.Payment?.Quote, Reason: end.Reason));
        }

        if (job.Payment is { Charged: { } charged } payment)
        {
            yield return new(HookEvent.OrderSettled, payment.Quote, new(Order: payment.Quote, Job: job.Id, Source: job.SourceId, Charged: charged));
        }
    }

    private static HookItem OfSource(Source source) => source.State is SourceState.Refused refused
        ? new(HookEvent.SourceRefused, source.Id, new(Source: source.Id, Title: source.Title, Reason: refused.Failure.Message))
        : new(HookEvent.SourceReady, source.Id, new(Source: source.Id, Title: source.Title));

    private static char? NameOf(SourceState state) => state switch
    {
        SourceState.Ready => 'r',
        SourceState.Refused => 'x',
        _ => null,
    };

    private static string IdOf(HookRecord hook, HookItem item) =>
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{hook.Id}\n{item.Type}\n{item.Subject}")))[..IdDigits]}";
}
