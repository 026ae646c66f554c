using System.Globalization;
using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using global::Rewards.Accounts;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Accounts;

/// <summary>The books as the owner has them.</summary>
internal static class AccountEndpoints
{
    private const int DefaultLimit = 100;
    private const int EarningsDays = 30;
    private const int MostDays = 3660;

    private const string Day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    private static readonly Asked Address = Asked.Path("address", "Whose: 0x and 40 hexadecimal digits.") with { Pattern = "^0x[0-9a-fA-F]{40}$" };

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/rewards/deposits", (TransferRequest request, HttpContext context, BoxAccounts accounts, AuditTrail trail, CancellationToken cancellationToken) =>
            TransferAsync("deposit", request, context, accounts, trail, (amount, reference, requester) => new DepositOrder(amount, reference, requester), cancellationToken)).Needs(Scope.Owner).Describe(new("A requester paid in")
        {
            Asks = [IdempotencyKey.Asked with { IsNeeded = true }],
            Takes = Taken.Json<TransferRequest>("requester", "amount"),
            Answers = [Answer.Json<StandingResponse>("How he stands now.")],
            Refuses = [409, 422, 503],
        });
        app.MapPost("/v1/rewards/withdrawals", (TransferRequest request, HttpContext context, BoxAccounts accounts, AuditTrail trail, CancellationToken cancellationToken) =>
            TransferAsync("withdrawal", request, context, accounts, trail, (amount, reference, requester) => new WithdrawOrder(amount, reference, requester), cancellationToken)).Needs(Scope.Owner).Describe(new("A requester took out")
        {
            Asks = [IdempotencyKey.Asked with { IsNeeded = true }],
            Takes = Taken.Json<TransferRequest>("requester", "amount"),
            Answers = [Answer.Json<StandingResponse>("How he stands now.")],
            Refuses = [409, 422, 503],
        });
        app.MapMethods("/v1/rewards/requesters/{address}", SourceEndpoints.Reading, StandingAsync).Needs(Scope.Owner).Describe(new("How a requester stands")
        {
            Asks = [Address],
            Answers = [Answer.Json<StandingResponse>("Now.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/requesters/{address}/statement", SourceEndpoints.Reading, StatementAsync).Needs(Scope.Owner).Describe(new("What moved on a requester's accounts, in order")
        {
            Asks = [Address, Asked.After("Entries after this number."), Asked.Limit(AccountBooks.ReadLimit, DefaultLimit)],
            Answers = [Answer.Json<StatementResponse>("Postings of so many entries.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/earnings", SourceEndpoints.Reading, EarningsAsync).Needs(Scope.Owner).Describe(new("What the box earned, by day and requester")
        {
            More = "At most 3660 days at once; without either, the last 30.",
            Asks = [Asked.Query("from", "The first day, of UTC.") with { Pattern = Day, Example = "2026-11-01" }, Asked.Query("to", "The day after the last.") with { Pattern = Day, Example = "2026-12-01" }],
            Answers = [Answer.Json<EarningsResponse>("In order of days.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/receipts", SourceEndpoints.Reading, ReceiptsAsync).Needs(Scope.Owner).Describe(new("Receipts; the last ones where no others are asked for")
        {
            Asks = [Asked.Query("after", "Receipts after this number.") with { Least = 0 }, Asked.Limit(ReceiptStore.ReadLimit, DefaultLimit)],
            Answers = [Answer.Json("Receipts", "In order.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/rewards/records/{sequence}/proof", SourceEndpoints.Reading, ProofAsync).Needs(Scope.Owner).Describe(new("A record with the proof that it is in the public log")
        {
            Asks = [Asked.Path("sequence", "The record's number.", "1") with { Least = 1 }],
            Answers = [Answer.Bytes("text/plain", "A proof (c2sp.org/tlog-proof).")],
            Refuses = [404, 409, 503],
        });
    }

    /// <summary>Asked twice with one <c>Idempotency-Key</c>, it is entered once; something else under the same key is a mistake (422).</summary>
    private static async Task<IResult> TransferAsync(
        string act, TransferRequest request, HttpContext context, BoxAccounts accounts, AuditTrail trail, Func<Int128, string, EthereumAddress, BookOrder> orderOf, CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.TryRead(context.Request, out string? key))
        {
            return Problem.BadRequest(IdempotencyKey.Mistake);
        }

        if (key is null)
        {
            return Problem.BadRequest("An Idempotency-Key is needed: money that is asked for twice shall move once.");
        }

        if (!EthereumAddress.TryParse(request.Requester, out EthereumAddress requester))
        {
            return Problem.BadRequest("requester must be an address: 0x and 40 hexadecimal digits, in one case or with its checksum.");
        }

        try
        {
            BookOrder order = orderOf(Amounts.Parse(request.Amount), request.Reference ?? "", requester);
            trail.Write(context, act, $"{request.Amount} of {requester}");
            BookAnswer answer = await accounts.EnterAsync($"owner:{key}", order, cancellationToken);
            return answer.Outcome switch
            {
                BookOutcome.Contradicted => Problem.Of(StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Contradiction),
                BookOutcome.Refused => TypedResults.Problem(new ProblemDetails
                {
                    Status = StatusCodes.Status409Conflict,
                    Detail = answer.Refusal!.Text,
                    Extensions = { ["shortfall"] = Amounts.Text(answer.Refusal.Shortfall) },
                }),
                _ => Results.Ok(await StandingOfAsync(accounts, requester, cancellationToken)),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return Problem.BadRequest(exception.Message);
        }
    }

    private static async Task<IResult> StandingAsync(string address, BoxAccounts accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return EthereumAddress.TryParse(address, out EthereumAddress requester)
            ? Results.Ok(await StandingOfAsync(accounts, requester, cancellationToken))
            : NoAddress();
    }

    private static async Task<IResult> StatementAsync(
        string address, string? after, string? limit, BoxAccounts accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (!EthereumAddress.TryParse(address, out EthereumAddress owner))
        {
            return NoAddress();
        }

        if (!Paging.TryRead(after, 0, 0, long.MaxValue, out long first) || !Paging.TryRead(limit, DefaultLimit, 1, AccountBooks.ReadLimit, out long count))
        {
            return Problem.BadRequest($"after must be an entry's number, and limit 1 to {AccountBooks.ReadLimit}.");
        }

        IReadOnlyList<StatementLine> lines = await accounts.Books.StatementAsync(owner, first, (int)count, cancellationToken);
        bool isFull = lines.Select(line => line.Entry).Distinct().Count() == count;
        return Results.Ok(new StatementResponse([.. lines.Select(StatementRow.Of)], isFull ? lines[^1].Entry : null));
    }

    /// <summary>Of the last 30 days, where no others are asked for.</summary>
    private static async Task<IResult> EarningsAsync(
        string? from, string? to, BoxAccounts accounts, TimeProvider time, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        var tomorrow = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        if (!TryReadDay(to, tomorrow, out DateOnly last) || !TryReadDay(from, last.AddDays(-EarningsDays), out DateOnly first) || first > last || last.DayNumber - first.DayNumber > MostDays)
        {
            return Problem.BadRequest($"from and to must be days as 2026-11-28, to the day after the last, at most {MostDays} days.");
        }

        IReadOnlyList<DayEarnings> days = await accounts.Books.EarningsAsync(first, last, cancellationToken);
        return Results.Ok(new EarningsResponse(accounts.Settings.Prices.Unit, [.. days.Select(EarningsRow.Of)]));
    }

    /// <summary>The last ones, where no others are asked for.</summary>
    private static async Task<IResult> ReceiptsAsync(string? after, string? limit, BoxAccounts accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (!Paging.TryRead(limit, DefaultLimit, 1, ReceiptStore.ReadLimit, out long count))
        {
            return Problem.BadRequest($"limit must be 1 to {ReceiptStore.ReadLimit}.");
        }

        long last = (long)((await accounts.Receipts.LastAsync(cancellationToken))?.Receipt.Seq ?? 0);
        return Paging.TryRead(after, Math.Max(0, last - count), 0, long.MaxValue, out long first)
            ? ReceiptAnswer.Of(await accounts.Receipts.ReadAsync(first, (int)count, cancellationToken), (int)count)
            : Problem.BadRequest("after must be a receipt's number.");
    }

    private static async Task<IResult> ProofAsync(string sequence, RecordProofs proofs, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return Paging.TryRead(sequence, 0, 1, long.MaxValue, out long number)
            ? await proofs.AnswerAsync(number, cancellationToken)
            : Problem.BadRequest("A record's number is 1 or more.");
    }

    private static async Task<StandingResponse> StandingOfAsync(BoxAccounts accounts, EthereumAddress requester, CancellationToken cancellationToken) => StandingResponse.Of(
        await accounts.Books.StandingAsync(requester, cancellationToken), await accounts.Receipts.OutstandingAsync(requester, cancellationToken));

    private static bool TryReadDay(string? text, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static ProblemHttpResult NoAddress() => Problem.BadRequest("An address is 0x and 40 hexadecimal digits, in one case or with its checksum.");
}
