using Rewards.Durability;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>A box's receipts, durably and in order, and their countersignatures. Any thread may call it; one thread of its own owns the file.</summary>
public sealed class ReceiptStore : IAsyncDisposable
{
    /// <summary>The most receipts one read gives.</summary>
    public const int ReadLimit = 1000;

    private readonly DatabaseThread<ReceiptTable> _thread;
    private readonly TimeProvider _time;

    private ReceiptStore(DatabaseThread<ReceiptTable> thread, TimeProvider time)
    {
        _thread = thread;
        _time = time;
    }

    /// <summary>Opens the receipts at <paramref name="path"/>, or makes a new file where there is none. What does not add up is refused and left as
    /// it is.</summary>
    /// <param name="path">The file; its folder must exist. Beside it lie <c>.lock</c>, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock that countersignatures are stamped with.</param>
    /// <exception cref="ReceiptException">The file is in use, damaged, of another version, or something else.</exception>
    public static ReceiptStore Open(string path, ReceiptStoreOptions options, TimeProvider time)
    {
        options.Validate();
        return new(
            DatabaseThread<ReceiptTable>.Open(
                path,
                ReceiptSchema.Form,
                static connection => new(connection),
                table => ReceiptVerification.Require(table, path, options.VerifiedReceipts),
                options.QueueLimit,
                options.BatchLimit,
                options.Commit),
            time);
    }

    /// <summary>Keeps the next receipt. When the task completes, it is on disk; a caller that saw no completion may bring the same receipt again.</summary>
    /// <param name="receipt">Signed by its device, and not countersigned yet.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is kept all the same.</param>
    /// <exception cref="ArgumentException">It does not hold, is countersigned, is not the next, or does not name the one before it.</exception>
    /// <exception cref="ReceiptException">It could not be written, as far as is known: bring it again.</exception>
    public async Task<ReceiptOutcome> AppendAsync(SignedReceipt receipt, CancellationToken cancellationToken = default)
    {
        string? fault = receipt.Fault() ?? (receipt.RequesterSignature is null ? null : "A receipt is kept before it is countersigned.");
        ReceiptOutcome outcome = default;
        if (fault is null)
        {
            (outcome, fault) = await QueryAsync(table => Append(table, receipt), cancellationToken).ConfigureAwait(false);
        }

        return fault is null ? outcome : throw new ArgumentException(fault, nameof(receipt));
    }

    /// <summary>Keeps the requester's signature. When the task completes, it is on disk.</summary>
    /// <param name="seq">The receipt's number.</param>
    /// <param name="signature">As it came from the requester.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is kept all the same.</param>
    /// <exception cref="ReceiptException">It could not be written, as far as is known: bring it again.</exception>
    public Task<CountersignOutcome> CountersignAsync(long seq, RecoverableSignature signature, CancellationToken cancellationToken = default) =>
        QueryAsync(table => Countersign(table, seq, signature), cancellationToken);

    /// <summary>The newest receipt; null where there is none.</summary>
    public Task<SignedReceipt?> LastAsync(CancellationToken cancellationToken = default) => QueryAsync(table => table.Last(), cancellationToken);

    /// <summary>A receipt; null where there is none of that number.</summary>
    public Task<SignedReceipt?> FindAsync(long seq, CancellationToken cancellationToken = default) => QueryAsync(table => table.Find(seq), cancellationToken);

    /// <summary>The receipts that follow number <paramref name="after"/>, in order, with the countersignatures there are.</summary>
    /// <param name="after">0 to begin with the first.</param>
    /// <param name="limit">1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<SignedReceipt>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default)
    {
        RequireRange(after, limit);
        return QueryAsync(table => table.Read(after, limit), cancellationToken);
    }

    /// <summary>The same of one job; of 0, of the work that nobody asked for.</summary>
    /// <param name="jobId">By the requester's own naming.</param>
    /// <param name="after">0 to begin with the first.</param>
    /// <param name="limit">1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<SignedReceipt>> OfJobAsync(Hash256 jobId, long after, int limit, CancellationToken cancellationToken = default)
    {
        RequireRange(after, limit);
        return QueryAsync(table => table.OfJob(jobId, after, limit), cancellationToken);
    }

    /// <summary>How many receipts made out to somebody he has not countersigned. Those that the device made out to itself do not count.</summary>
    public Task<long> OutstandingAsync(EthereumAddress requester, CancellationToken cancellationToken = default) =>
        QueryAsync(table => table.Outstanding(requester), cancellationToken);

    /// <summary>The last receipt that has its place in the log, and that place; 0 and −1 where none has.</summary>
    public Task<(long Seq, long Index)> LastLoggedAsync(CancellationToken cancellationToken = default) => QueryAsync(LoggedPlaces.Last, cancellationToken);

    /// <summary>Where a receipt's work stands in the log; null where that is not noted.</summary>
    public Task<long?> IndexOfAsync(long seq, CancellationToken cancellationToken = default) =>
        QueryAsync(table => LoggedPlaces.IndexOf(table, seq), cancellationToken);

    /// <summary>Notes where a receipt's work stands in the log; it stands there in the order of receipts.</summary>
    /// <param name="seq">The one after the last that was noted, or one that was noted with the same place.</param>
    /// <param name="index">Of the log's entry.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    /// <exception cref="ArgumentException">It is another receipt's turn, or it stands elsewhere.</exception>
    /// <exception cref="ReceiptException">It could not be written, as far as is known.</exception>
    public async Task MarkLoggedAsync(long seq, long index, CancellationToken cancellationToken = default)
    {
        string? fault = await QueryAsync(table => LoggedPlaces.Mark(table, seq, index, table.LastSeq()), cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(index));
        }
    }

    /// <summary>Writes what is queued, then closes the file.</summary>
    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private static (ReceiptOutcome Outcome, string? Fault) Append(ReceiptTable table, SignedReceipt receipt)
    {
        long seq = (long)receipt.Receipt.Seq;
        SignedReceipt? last = table.Last();
        long next = (long)(last?.Receipt.Seq ?? 0) + 1;
        if (seq < next)
        {
            return (table.Find(seq)!.Digest() == receipt.Digest() ? ReceiptOutcome.AlreadyDone : ReceiptOutcome.Contradicted, null);
        }

        string? fault = seq > next ? $"Receipt {seq} is not the next, which is {next}."
            : receipt.Receipt.Previous != (last?.Digest() ?? Hash256.Zero) ? $"Receipt {seq} does not name the one before it."
            : null;
        if (fault is null)
        {
            table.Insert(receipt);
        }

        return (ReceiptOutcome.Done, fault);
    }

    private static void RequireRange(long after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ReadLimit);
    }

    private CountersignOutcome Countersign(ReceiptTable table, long seq, RecoverableSignature signature)
    {
        if (table.Find(seq) is not { } standing)
        {
            return CountersignOutcome.Unknown;
        }

        if (standing.Receipt.IsOwn || signature.Signer(standing.Digest()) != standing.Receipt.Requester)
        {
            return CountersignOutcome.Foreign;
        }

        if (standing.RequesterSignature is not null)
        {
            return CountersignOutcome.AlreadyDone;
        }

        table.Countersign(seq, signature, Microseconds.Of(_time.GetUtcNow()));
        return CountersignOutcome.Done;
    }

    private Task<T> QueryAsync<T>(Func<ReceiptTable, T> query, CancellationToken cancellationToken) =>
        _thread.AskAsync(new DatabaseQuery<ReceiptTable, T>(query), cancellationToken);
}
