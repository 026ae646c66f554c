using System.Globalization;
using System.Text;
using Appliance.Access;
using Appliance.Idempotency;
using Appliance.Jobs;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards.Accounts;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using global::Rewards.Accounts;
using global::Rewards.Entries;
using global::Rewards.Metering;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Orders;

/// <summary>Orders as apps with the scope orders have them. Who takes a quote signs for it, and its id, which nobody can guess, is what he
/// knows his order by.</summary>
internal static class OrderEndpoints
{
    private const int SignatureLimit = 1000;

    private static readonly Asked QuoteId = Asked.Path("quote", "The quote's id.") with { Pattern = "^0x[0-9a-f]{64}$" };

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/orders", TakeAsync).Needs(Scope.Orders).TakesIdempotencyKey().Describe(new("Takes a quote, by its requester's signature")
        {
            More = "Taken twice, there is one order.",
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<OrderRequest>("quote", "signature"),
            Answers = [Answer.Json<OrderResponse>("The order.", StatusCodes.Status201Created)],
            Refuses = [402, 409, 410, 422, 503],
        });
        app.MapMethods("/v1/orders/{quote}", SourceEndpoints.Reading, Detail).Needs(Scope.Orders).Describe(new("One order, and how far it is")
        {
            Asks = [QuoteId],
            Answers = [Answer.Json<OrderResponse>("As it is now.")],
            Refuses = [404],
        });
        app.MapMethods("/v1/orders/{quote}/receipts", SourceEndpoints.Reading, ReceiptsAsync).Needs(Scope.Orders).Describe(new("An order's receipts")
        {
            Asks = [QuoteId, Asked.After("Receipts after this number."), Asked.Limit(ReceiptStore.ReadLimit, ReceiptStore.ReadLimit)],
            Answers = [Answer.Json("Receipts", "In order.")],
            Refuses = [404, 503],
        });
        app.MapPost("/v1/orders/{quote}/countersignatures", CountersignAsync).Needs(Scope.Orders).Describe(new("Countersigns receipts")
        {
            More = "Given twice, each counts once.",
            Asks = [QuoteId],
            Takes = Taken.Json<CountersignRequest>("signatures"),
            Answers = [Answer.Nothing("All were taken.")],
            Refuses = [404, 422, 503],
        });
        app.MapMethods("/v1/orders/{quote}/receipts/{sequence:long}/proof", SourceEndpoints.Reading, ProofAsync).Needs(Scope.Orders).Describe(new("The proof that a receipt's work is in the public log")
        {
            Asks = [QuoteId, Asked.Path("sequence", "The receipt's number.", "1") with { Least = 1 }],
            Answers = [Answer.Bytes("text/plain", "A proof (c2sp.org/tlog-proof), the record and its salt in it.")],
            Refuses = [404, 409, 503],
        });
    }

    /// <summary>Taken twice, there is one order.</summary>
    private static async Task<IResult> TakeAsync(OrderRequest request, PaidOrders orders, BoxAccounts accounts, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Hash256.TryParse(request.Quote, out Hash256 quote))
        {
            return Problem.BadRequest("quote must be a quote's id: 0x and 64 hexadecimal digits.");
        }

        if (ReadSignature(request.Signature) is not { } signature)
        {
            return Problem.BadRequest("signature must be 0x and 130 hexadecimal digits: r, s and v.");
        }

        if (context.Funds() is { } funds && signature.Signer(new WorkOrder(quote).Digest(accounts.Settings.Domain)) != EthereumAddress.Parse(funds))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, $"This key orders for {funds} only.");
        }

        try
        {
            Job job = await orders.TakeAsync(quote, signature, cancellationToken);
            return Results.Created($"/v1/orders/{quote}", OrderResponse.Of(job));
        }
        catch (OrderRefusedException exception)
        {
            return Refused(exception.Refusal);
        }
    }

    private static IResult Detail(string quote, PaidOrders orders, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Ok(OrderResponse.Of(Find(orders, quote)));
    }

    private static async Task<IResult> ReceiptsAsync(
        string quote, string? after, string? limit, PaidOrders orders, BoxAccounts accounts, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        Find(orders, quote);
        if (!Paging.TryRead(after, 0, 0, long.MaxValue, out long first) || !Paging.TryRead(limit, ReceiptStore.ReadLimit, 1, ReceiptStore.ReadLimit, out long count))
        {
            return Problem.BadRequest($"after must be a receipt's number, and limit 1 to {ReceiptStore.ReadLimit}.");
        }

        IReadOnlyList<SignedReceipt> receipts = await accounts.Receipts.OfJobAsync(Hash256.Parse(quote), first, (int)count, cancellationToken);
        return ReceiptAnswer.Of(receipts, (int)count);
    }

    /// <summary>Those that are sound are taken, whatever the others are.</summary>
    private static async Task<IResult> CountersignAsync(
        string quote, CountersignRequest request, PaidOrders orders, BoxAccounts accounts, CancellationToken cancellationToken)
    {
        Find(orders, quote);
        if (request.Signatures is not { Count: > 0 and <= SignatureLimit } given || given.Any(signature => ReadSignature(signature?.Signature) is null))
        {
            return Problem.BadRequest($"signatures must be 1 to {SignatureLimit} of a receipt's number (sequence) and the signature over its digest, as 0x and 130 digits.");
        }

        List<long> refused = [];
        foreach (Countersignature signature in given)
        {
            CountersignOutcome outcome = await accounts.Receipts.CountersignAsync(signature.Sequence, ReadSignature(signature.Signature)!, cancellationToken);
            if (outcome is not (CountersignOutcome.Done or CountersignOutcome.AlreadyDone))
            {
                refused.Add(signature.Sequence);
            }
        }

        accounts.Tell();
        return refused.Count == 0
            ? Results.NoContent()
            : Problem.Of(
                StatusCodes.Status422UnprocessableEntity,
                $"{refused.Count} of {given.Count} are not the requester's over these receipts, the first of receipt {refused[0]}; the others were taken.");
    }

    /// <summary>All that shows that a receipt's work is in the log, as one text file (c2sp.org/tlog-proof), the record and its salt in it.</summary>
    private static async Task<IResult> ProofAsync(
        string quote, long sequence, PaidOrders orders, BoxAccounts accounts, RecordProofs proofs, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        Find(orders, quote);
        return sequence >= 1 && await accounts.Receipts.FindAsync(sequence, cancellationToken) is { } signed && signed.Receipt.JobId == Hash256.Parse(quote)
            ? await proofs.AnswerAsync(sequence, cancellationToken)
            : Problem.NotFound($"This order has no receipt {sequence}.");
    }

    private static Job Find(PaidOrders orders, string quote) =>
        Hash256.TryParse(quote, out Hash256 id) && orders.Find(id.ToString()) is { } job
            ? job
            : throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such order.");

    private static ProblemHttpResult Refused(BookRefusal refusal) => refusal.Reason switch
    {
        RefusalReason.InsufficientFunds => TypedResults.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status402PaymentRequired,
            Detail = refusal.Text,
            Extensions = { ["shortfall"] = Amounts.Text(refusal.Shortfall) },
        }),
        RefusalReason.SelfServed => Problem.Of(StatusCodes.Status403Forbidden, refusal.Text),
        RefusalReason.QuoteExpired => Problem.Of(StatusCodes.Status410Gone, refusal.Text),
        _ => Problem.Of(StatusCodes.Status409Conflict, refusal.Text),
    };

    private static RecoverableSignature? ReadSignature(string? text)
    {
        try
        {
            return text is null ? null : RecoverableSignature.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
