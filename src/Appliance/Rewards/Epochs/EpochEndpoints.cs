using System.Text;
using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Log;
using Appliance.Sources;
using Appliance.Storage;
using global::Rewards.Accounts;
using global::Rewards.Audit;
using global::Rewards.Claims;
using global::Rewards.Log;
using global::Rewards.Receipts;

namespace Appliance.Rewards.Epochs;

/// <summary>Epochs and their claims, which anybody may read, and what an auditor is given, which tells who asked for what and so is the owner's.</summary>
internal static class EpochEndpoints
{
    private const string Json = "application/json";

    private static readonly Asked Number = Asked.Path("epoch", "The epoch's number.", "1") with { Least = 1 };

    public static void MapEpochs(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/identity", SourceEndpoints.Reading, Identity).NeedsNothing().Describe(new("The box's public keys, and their hand-overs")
        {
            Answers = [Answer.Json("Identity", "In canonical form.")],
            Refuses = [503],
        });
        app.MapMethods("/v1/epochs/last", SourceEndpoints.Reading, (EpochFolder epochs) => Record(epochs.Last())).NeedsNothing().Describe(new("What the last epoch published")
        {
            Answers = [Answer.Json("Epoch", "In canonical form.")],
            Refuses = [404],
        });
        app.MapMethods("/v1/epochs/{epoch:long}", SourceEndpoints.Reading, (long epoch, EpochFolder epochs) => Record(epochs.Find(epoch))).NeedsNothing().Describe(new("What an epoch published")
        {
            Asks = [Number],
            Answers = [Answer.Json("Epoch", "In canonical form.")],
            Refuses = [404],
        });
        app.MapMethods("/v1/epochs/{epoch:long}/claims", SourceEndpoints.Reading, Claims).NeedsNothing().Describe(new("An epoch's claims, as OpenZeppelin's standard tree")
        {
            Asks = [Number],
            Answers = [Answer.Json("Claims", "The tree.")],
            Refuses = [404],
        });
        app.MapPost("/v1/rewards/epochs", CloseAsync).Needs(Scope.Owner).TakesIdempotencyKey().Describe(new("Closes the next epoch over all that is in the books")
        {
            More = "Where nothing was earned since the last one, that one stands: asked twice, it is closed once.",
            Asks = [IdempotencyKey.Asked],
            Answers = [Answer.Json("Epoch", "The epoch that stands.")],
            Refuses = [409, 422, 503, 507],
        });
        app.MapMethods("/v1/rewards/audit", SourceEndpoints.Reading, AuditAsync).Needs(Scope.Owner).Describe(new("All that an audit goes through, as one file")
        {
            Answers = [Answer.Bytes("text/plain", "For the verb rewards audit.")],
            Refuses = [409, 503],
        });
    }

    private static IResult Identity(PublicLog log) =>
        log.Keys is { } keys ? Results.Bytes(keys.Identity.ToJson(), Json) : Problem.Of(StatusCodes.Status503ServiceUnavailable, "This box has no keys now; its owner is told why.");

    private static IResult Record(EpochRecord? record) =>
        record is null ? Problem.NotFound("There is no such epoch.") : Results.Bytes(record.ToJson(), Json);

    private static IResult Claims(long epoch, EpochFolder epochs) =>
        epochs.ClaimsFile(epoch) is { } file ? Results.File(file, Json) : Problem.NotFound("There is no such epoch.");

    /// <summary>Closes the next epoch over all that is in the books until now. Where nothing was earned since the last one, that one stands.</summary>
    private static async Task<IResult> CloseAsync(
        BoxAccounts accounts, PublicLog log, Bookkeeper bookkeeper, EpochFolder epochs, EpochClosingGate gate, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        AccountBooks books = accounts.Books;
        using IDisposable closing = await gate.EnterAsync(cancellationToken);
        try
        {
            await bookkeeper.CatchUpAsync(cancellationToken);
            EpochRecord? last = epochs.Last();
            if (await EpochClosing.CloseAsync(books, (last?.Epoch ?? 0) + 1, log.Log!.Checkpoint, cancellationToken) is not var (record, tree))
            {
                return Problem.Of(StatusCodes.Status409Conflict, "Nothing has been earned: there is nothing to claim.");
            }

            if (record.Root == last?.Root)
            {
                return Results.Bytes(last.ToJson(), Json);
            }

            trail.Write(context, "epoch closed", record.Epoch.ToString());
            epochs.Close(record, tree);
            return Results.Bytes(record.ToJson(), Json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AccountsException or ReceiptException or LogException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"The epoch could not be closed; none was. {exception.Message}");
        }
    }

    /// <summary>All that <c>rewards audit</c> goes through, as one text file.</summary>
    private static async Task<IResult> AuditAsync(
        DataFolder data, BoxAccounts accounts, PublicLog log, Bookkeeper bookkeeper, EpochFolder epochs, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        AccountBooks books = accounts.Books;
        if (epochs.Last() is not { } epoch)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "No epoch was closed yet: there are no claims to audit.");
        }

        await bookkeeper.CatchUpAsync(cancellationToken);
        AuditExport export = await AuditExporting.MakeAsync(
            log.Keys!.Identity, log.Log!, books, accounts.Receipts, epochs.Claims(epoch.Epoch)!, epoch, cancellationToken);

        // Through a file that goes with its handle: an export may be larger than what a small box has of memory.
        var file = new FileStream(
            Path.Combine(data.Path, $"audit-{Guid.NewGuid():N}{DurableFile.TemporarySuffix}"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        await using (var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        {
            export.Write(writer);
        }

        file.Position = 0;
        return Results.Stream(file, LogEndpoints.Text, "audit.txt");
    }
}
