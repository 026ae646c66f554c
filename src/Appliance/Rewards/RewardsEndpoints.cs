using System.Globalization;
using Appliance.Access;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Epochs;
using Appliance.Rewards.Log;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Rewards.Orders;
using Appliance.Rewards.Quotes;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using global::Rewards.Accounts;
using global::Rewards.Claims;
using global::Rewards.Metering;

namespace Appliance.Rewards;

internal static class RewardsEndpoints
{
    private const int DefaultLimit = 100;

    public static void MapRewards(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/rewards/records", SourceEndpoints.Reading, RecordsAsync).Needs(Scope.Owner).Describe(new("Metered work, in order")
        {
            Asks = [Asked.After("Records after this number."), Asked.Limit(WorkLedger.ReadLimit, DefaultLimit)],
            Answers = [Answer.Json<WorkRecordsResponse>("In order.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/status", SourceEndpoints.Reading, StatusAsync).Needs(Scope.Owner).Describe(new("How the box stands, and who cosigns its log")
        {
            Answers = [Answer.Json<RewardsStatus>("Now.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/totals", SourceEndpoints.Reading, TotalsAsync).Needs(Scope.Owner).Describe(new("Sums of metered work")
        {
            Answers = [Answer.Json<WorkTotalsResponse>("One for each demand.")],
            Refuses = [503],
        });
        app.MapLog();
        app.MapQuotes();
        app.MapOrders();
        app.MapAccounts();
        app.MapEpochs();
    }

    private static async Task<Results<Ok<WorkRecordsResponse>, ProblemHttpResult>> RecordsAsync(
        string? after, string? limit, WorkLedger ledger, CancellationToken cancellationToken)
    {
        if (!Paging.TryRead(after, 0, 0, long.MaxValue, out long first) || !Paging.TryRead(limit, DefaultLimit, 1, WorkLedger.ReadLimit, out long count))
        {
            return Problem.BadRequest($"after must be a sequence number, and limit 1 to {WorkLedger.ReadLimit}.");
        }

        IReadOnlyList<WorkRecord> records = await ledger.ReadAsync(first, (int)count, cancellationToken);
        return TypedResults.Ok(new WorkRecordsResponse(records, records.Count == count ? records[^1].Sequence : null));
    }

    private static async Task<Ok<WorkTotalsResponse>> TotalsAsync(WorkLedger ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(new WorkTotalsResponse(await ledger.TotalsAsync(cancellationToken)));

    private static async Task<IResult> StatusAsync(
        BoxAccounts accounts, PublicLog log, Witnessing witnessing, EpochFolder epochs, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (!accounts.IsOpen)
        {
            return Results.Ok(new RewardsStatus(
                accounts.Refusal, null, null, 0, null, 0, log.Log?.Size ?? 0, 0, "0", "0", "", new Dictionary<AccountKind, string>(), witnessing.Standings));
        }

        IReadOnlyDictionary<AccountKind, Int128> totals = await accounts.Books.TotalsAsync(cancellationToken);
        EpochRecord? epoch = epochs.Last();
        return Results.Ok(new RewardsStatus(
            accounts.Refusal,
            accounts.Device.Address.ToString(),
            accounts.Payee.ToString(),
            accounts.Settings.Domain.ChainId,
            accounts.Settings.Domain.VerifyingContract.ToString(),
            (await accounts.Receipts.LastAsync(cancellationToken))?.Receipt.Seq ?? 0,
            log.Log?.Size ?? 0,
            epoch?.Epoch ?? 0,
            Amounts.Text(totals.GetValueOrDefault(AccountKind.Earnings)),
            epoch is not null && epochs.Claims(epoch.Epoch)?.Prove(accounts.Payee) is { } claim ? claim.Claim.Cumulative.ToString(CultureInfo.InvariantCulture) : "0",
            accounts.Settings.Prices.Unit,
            totals.ToDictionary(total => total.Key, total => Amounts.Text(total.Value)),
            witnessing.Standings));
    }
}
