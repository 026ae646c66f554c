using Appliance.Jobs;
using Appliance.Jobs.Batch;
using Appliance.Problems;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Quotes;
using Appliance.Sources;
using Appliance.Startup;
using Transcode.Engine.Recipes;
using global::Rewards.Accounts;
using global::Rewards.Metering;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Orders;

/// <summary>Work that somebody pays for: a job whose quote was taken, with the money for it held in the books.</summary>
/// <remarks>
/// The order of taking one, and what a crash at each step leaves:
/// 1. the money is reserved, by the quote's id; a reservation without a job is given back by <see cref="OrderSettling"/>;
/// 2. the job is written down: from here on it is made, however often the box starts, and settled when it has ended.
/// Who was not answered takes the same quote again: there is one reservation and one job for it.
/// </remarks>
internal sealed class PaidOrders(BoxAccounts accounts, QuoteShelf<QuoteTerms> shelf, SourceLookup sources, JobBoard board) : IDisposable
{
    /// <summary>Receipts that a requester may owe his signature for, over all his orders, and still order more.</summary>
    public const int OutstandingLimit = 1000;

    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Names an order's reservation in the books.</summary>
    public static string ReservationKey(string quote) => $"order:{quote}";

    public Job? Find(string quote) => board.All.FirstOrDefault(job => job.Record.Payment?.Quote == quote);

    /// <summary>Takes a quote.</summary>
    /// <returns>Its job.</returns>
    /// <exception cref="RequestRefusedException">It is not known or holds no longer, the signature is another's, or its source is not what it was.</exception>
    /// <exception cref="OrderRefusedException">The books refuse it.</exception>
    public async Task<Job> TakeAsync(Hash256 id, RecoverableSignature signature, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Find(id.ToString()) is { } known)
            {
                return signature.Signer(new WorkOrder(id).Digest(accounts.Settings.Domain))?.ToString() == known.Record.Payment!.Requester ? known : throw Foreign();
            }

            if (shelf.Find(id) is not ({ } quote, { } terms))
            {
                throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such quote, or it holds no longer: ask for another.");
            }

            if (signature.Signer(new WorkOrder(id).Digest(accounts.Settings.Domain)) != quote.Requester)
            {
                throw Foreign();
            }

            return await TakeAsync(quote, terms, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What is done with reservations while none is being taken.</summary>
    public async Task QuietlyAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whose receipt a record's is: that of the oldest order it was made for in the background while this was under way; null for the
    /// household's, and for what was made ahead.</summary>
    /// <remarks>A function of the record and of the jobs as they are written down, so that it is the same after a crash.</remarks>
    public (EthereumAddress Requester, Hash256 Job)? WhoAsked(WorkRecord record) =>
        record.Work.Demand == WorkDemand.Background && board.All.FirstOrDefault(job => Covers(job.Record, record)) is { Record.Payment: { } payment }
            ? (EthereumAddress.Parse(payment.Requester), Hash256.Parse(payment.Quote))
            : null;

    public void Dispose() => gate.Dispose();

    private static bool Covers(JobRecord job, WorkRecord record) =>
        job.Payment is { Charged: null }
        && job.Sheet.Fingerprint == record.Work.SourceFingerprint
        && job.Sheet.Engine.ToString() == record.Work.Engine
        && job.CreatedAt <= record.RecordedAt
        && !(job.End?.At < record.RecordedAt)
        && job.Sheet.Renditions.Any(rendition => rendition.RecipeId == record.Work.RecipeId);

    private async Task<Job> TakeAsync(Quote quote, QuoteTerms terms, CancellationToken cancellationToken)
    {
        PlayableSource source = sources.LookPlayable(terms.SourceId);
        Source entry = sources.Find(terms.SourceId);
        if (LadderOf(source, terms) is not { } ladder)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "The source, or how it is made, is not what was quoted any more: ask for another quote.");
        }

        long outstanding = await accounts.Receipts.OutstandingAsync(quote.Requester, cancellationToken);
        if (outstanding > OutstandingLimit)
        {
            throw new RequestRefusedException(
                StatusCodes.Status403Forbidden, $"{outstanding} receipts are not countersigned, and {OutstandingLimit} may be: sign them first.");
        }

        string key = ReservationKey(quote.Id.ToString());
        BookAnswer answer = await accounts.EnterAsync(key, new ReserveOrder(quote), cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            throw new OrderRefusedException(refusal);
        }

        try
        {
            int segments = ladder.AllRenditions.Max(rendition => rendition.Recipe.SegmentCount(source.Description.Grid));
            return board.Create(source, entry.Bytes!.Place, entry.Title, terms.Rungs, ladder, key, new(quote.Id.ToString(), quote.Requester.ToString(), segments))
                ?? throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, $"The box holds {JobBoard.Limit} jobs: come back when some are done.", retryAfterSeconds: 60);
        }
        catch (Exception exception) when (exception is IOException and not SourceGoneException or UnauthorizedAccessException)
        {
            throw new RequestRefusedException(StatusCodes.Status507InsufficientStorage, $"The job cannot be written down. {OutputException.Of(exception).Message}");
        }
    }

    /// <summary>Null where it would not be what was quoted.</summary>
    private static Ladder? LadderOf(PlayableSource source, QuoteTerms terms)
    {
        try
        {
            Ladder ladder = RenditionChoice.Of(source.Ladder, terms.Rungs, codecs: null);
            return terms.Sheet.DifferencesTo(JobSheet.Of(source, ladder)).Any() ? null : ladder;
        }
        catch (UsageException)
        {
            return null;
        }
    }

    private static RequestRefusedException Foreign() =>
        new(StatusCodes.Status403Forbidden, "The signature is not the requester's over this quote's typed data.");
}
