using System.Text;
using System.Text.Json;
using Appliance.Access;
using Appliance.Idempotency;
using Appliance.Jobs.Batch;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards.Accounts;
using Appliance.Sources;
using Appliance.Startup;
using Transcode.Engine.Recipes;
using global::Rewards.Accounts;
using global::Rewards.Metering;
using global::Rewards.Signing;

namespace Appliance.Rewards.Quotes;

/// <summary>What work costs, said before it is made. Anybody may ask.</summary>
internal static class QuoteEndpoints
{
    private const int MostRenditions = 64;

    public static void MapQuotes(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/prices", SourceEndpoints.Reading, Prices).NeedsNothing().Describe(new("What work costs here")
        {
            Answers = [Answer.Json("Prices", "In canonical form.")],
        });
        app.MapMethods("/v1/weights/{version:int}", SourceEndpoints.Reading, Weights).NeedsNothing().Describe(new("How work is weighted")
        {
            Asks = [Asked.Path("version", "As the prices have it.", "1") with { Least = 1, Most = int.MaxValue }],
            Answers = [Answer.Json("Weights", "As published.")],
            Refuses = [404],
        });
        app.MapPost("/v1/quotes", Create).Needs(Scope.Orders).TakesIdempotencyKey().Describe(new("What a rendition set would cost, with typed data for a wallet to sign")
        {
            More = "Nothing is reserved by it.",
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<QuoteRequest>("source"),
            Answers = [Answer.Json("QuoteAnswer", "The quote; its id is the SHA-256 of its canonical form.")],
            Refuses = [404, 409, 410, 422, 503],
        });
    }

    private static IResult Prices(BoxAccounts accounts, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Results.Bytes(accounts.Settings.Prices.ToJson(), "application/json");
    }

    private static IResult Weights(int version, HttpResponse response)
    {
        if (WeightTable.Of(version) is null)
        {
            return Problem.NotFound($"There are no weights of version {version}; the newest is {WeightTable.Current.Version}.");
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(WeightTable.Published(version), "application/json");
    }

    private static IResult Create(QuoteRequest request, HttpContext context, SourceLookup sources, BoxAccounts accounts, QuoteShelf<QuoteTerms> shelf, TimeProvider time, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        if (request.Source is not { Length: > 0 } id || request.Renditions is { Count: 0 or > MostRenditions })
        {
            return Problem.BadRequest("source must be a source's id, and renditions, where given, names of its rungs.");
        }

        string? funds = context.Funds();
        if (!EthereumAddress.TryParse(request.Requester ?? funds, out EthereumAddress requester) || requester == EthereumAddress.Zero)
        {
            return Problem.BadRequest("requester must be the address that would pay: 0x and 40 hexadecimal digits, in one case or with its checksum.");
        }

        if (funds is not null && requester != EthereumAddress.Parse(funds))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, $"This key orders for {funds} only.");
        }

        try
        {
            PlayableSource source = sources.LookPlayable(id);
            Ladder ladder = RenditionChoice.Of(source.Ladder, request.Renditions, codecs: null);
            IReadOnlyList<QuotedRendition> renditions = RungQuotes.Of(source, ladder);
            if (renditions.Count == 0)
            {
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, "Nothing of this costs anything: it is played as it is.");
            }

            if (renditions.Sum(rendition => (long)rendition.Segments) > SettleOrder.DeliveryLimit)
            {
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, $"An order has at most {SettleOrder.DeliveryLimit} segments: ask for fewer renditions.");
            }

            Quote quote = Quote.Of(requester, accounts.Payee, renditions, accounts.Settings.Prices, time.GetUtcNow());
            shelf.Put(quote, new(id, request.Renditions, JobSheet.Of(source, ladder)));
            return Results.Bytes(Written(quote, accounts.Settings.Domain), "application/json", fileDownloadName: null);
        }
        catch (UsageException exception)
        {
            return Problem.BadRequest(exception.Message);
        }
        catch (ArgumentException exception)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, exception.Message);
        }
    }

    /// <summary>The quote in the one form that its id is of, and what a wallet is shown to sign it.</summary>
    private static byte[] Written(Quote quote, SigningDomain domain) => Encoding.UTF8.GetBytes(
        $$"""{"id":"{{quote.Id}}","quote":{{Encoding.UTF8.GetString(quote.ToJson())}},"typedData":{{JsonSerializer.Serialize(WorkOrderTypedData.Of(quote.Id, domain), RewardsJson.Default.WorkOrderTypedData)}}}""");
}
