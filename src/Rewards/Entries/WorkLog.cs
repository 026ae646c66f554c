using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;

namespace Rewards.Entries;

/// <summary>Brings what was done, and its receipts, into the log.</summary>
public static class WorkLog
{
    /// <summary>Brings into the log what has a receipt and is not there yet, in order, and notes where it stands. One writer of the log at a time. What
    /// was brought and not noted, because of a crash, is found behind the last one noted.</summary>
    /// <param name="ledger">What was done.</param>
    /// <param name="receipts">Made by <see cref="ReceiptIssuing.CatchUpAsync"/>.</param>
    /// <param name="log">May have other entries between.</param>
    /// <param name="salts">Of this log's entries.</param>
    /// <param name="cancellationToken">Ends the wait for room in a queue.</param>
    /// <returns>How many entries were noted.</returns>
    /// <exception cref="ContradictedLogException">The log has another entry of work in a place, or more than there are receipts.</exception>
    /// <exception cref="LogException">The log could not be written.</exception>
    /// <exception cref="ReceiptException">The store could not be written, or the ledger has no record for a receipt.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<int> CatchUpAsync(
        WorkLedger ledger, ReceiptStore receipts, TransparencyLog log, EntrySalts salts, CancellationToken cancellationToken = default) =>
        LogFeed.CatchUpAsync(new Source(ledger, receipts, salts), log, cancellationToken);

    private sealed class Source(WorkLedger ledger, ReceiptStore receipts, EntrySalts salts) : ILogSource
    {
        public string Of => WorkEntry.Kind;

        public long? NumberOf(ReadOnlyMemory<byte> text) => WorkEntry.Read(text)?.Sequence;

        public Task<(long Number, long Index)> LastLoggedAsync(CancellationToken cancellationToken) => receipts.LastLoggedAsync(cancellationToken);

        public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long after, int limit, CancellationToken cancellationToken)
        {
            IReadOnlyList<SignedReceipt> signed = await receipts.ReadAsync(after, limit, cancellationToken).ConfigureAwait(false);
            if (signed.Count == 0)
            {
                return [];
            }

            IReadOnlyList<WorkRecord> records = await ledger.ReadAsync(after, signed.Count, cancellationToken).ConfigureAwait(false);
            if (records.Count < signed.Count)
            {
                throw new ReceiptException(
                    $"There is a receipt {after + signed.Count}, and the ledger has no such record: one of them was restored from another day.");
            }

            return [.. signed.Zip(records, (receipt, record) =>
                new ReadOnlyMemory<byte>(WorkEntry.Of(record, salts.Of(record.Sequence), receipt.Digest())))];
        }

        public Task MarkLoggedAsync(long number, long index) => receipts.MarkLoggedAsync(number, index, CancellationToken.None);
    }
}
