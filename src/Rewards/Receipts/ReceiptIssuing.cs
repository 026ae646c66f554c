using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>Gives every record of a ledger its receipt: record n receipt n, in order.</summary>
public static class ReceiptIssuing
{
    /// <summary>Receipts that are made durable together.</summary>
    private const int Batch = 256;

    /// <summary>Makes, signs and keeps a receipt for every record that has none. One caller at a time. Where it stops, by a crash or a full disk, the
    /// next call goes on: ledger and store tell how far they are. What is recorded meanwhile may be left to the next call.</summary>
    /// <param name="ledger">What was done.</param>
    /// <param name="store">Its receipts.</param>
    /// <param name="device">Signs; a later key of the same box may follow an earlier one.</param>
    /// <param name="domain">Where they count: another than the last one's from the day on that the box is paid by another contract.</param>
    /// <param name="whoAsked">Who asked for a record's work, and by which job; null where nobody did: then the receipt is made out to the device
    /// itself, with a job of 0.</param>
    /// <param name="cancellationToken">Ends it between batches.</param>
    /// <returns>How many receipts were made.</returns>
    /// <exception cref="ContradictedReceiptException">Ledger and store do not belong together.</exception>
    /// <exception cref="ReceiptException">The store could not be written.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<int> CatchUpAsync(
        WorkLedger ledger, ReceiptStore store, DeviceKey device, SigningDomain domain, Func<WorkRecord, (EthereumAddress Requester, Hash256 Job)?> whoAsked,
        CancellationToken cancellationToken = default)
    {
        SignedReceipt? last = await store.LastAsync(cancellationToken).ConfigureAwait(false);
        if (last is not null)
        {
            await RequireOneStoryAsync(ledger, last, cancellationToken).ConfigureAwait(false);
        }

        long done = (long)(last?.Receipt.Seq ?? 0);
        Hash256 previous = last?.Digest() ?? Hash256.Zero;
        int count = 0;
        IReadOnlyList<WorkRecord> records;
        do
        {
            records = await ledger.ReadAsync(done, Batch, cancellationToken).ConfigureAwait(false);
            List<SignedReceipt> receipts = [];
            foreach (WorkRecord record in records)
            {
                SignedReceipt signed = Sign(record, device, domain, whoAsked(record), previous);
                receipts.Add(signed);
                previous = signed.Digest();
            }

            await AppendAsync(store, receipts).ConfigureAwait(false);
            done += records.Count;
            count += records.Count;
        }
        while (records.Count == Batch);

        return count;
    }

    /// <summary>All at once, so that one flush serves many. Where one fails, those after it do not follow and are refused.</summary>
    private static async Task AppendAsync(ReceiptStore store, List<SignedReceipt> receipts)
    {
        // Cancelling some in the midst of others would only leave out those that the others follow.
        ReceiptOutcome[] outcomes = await Task.WhenAll(receipts.Select(receipt => store.AppendAsync(receipt, CancellationToken.None))).ConfigureAwait(false);
        int contradicted = Array.IndexOf(outcomes, ReceiptOutcome.Contradicted);
        if (contradicted >= 0)
        {
            throw new ReceiptException($"Receipt {receipts[contradicted].Receipt.Seq} was made by somebody else meanwhile. Nothing was written in its place.");
        }
    }

    private static SignedReceipt Sign(
        WorkRecord record, DeviceKey device, SigningDomain domain, (EthereumAddress Requester, Hash256 Job)? asked, Hash256 previous)
    {
        (EthereumAddress requester, Hash256 job) = asked ?? (device.Address, Hash256.Zero);
        try
        {
            return SignedReceipt.Sign(WorkReceipt.Of(record, device.Address, requester, job, previous), domain, device);
        }
        catch (ArgumentException exception)
        {
            throw new ReceiptException($"Record {record.Sequence} cannot have a receipt. {exception.Message}", exception);
        }
    }

    private static async Task RequireOneStoryAsync(WorkLedger ledger, SignedReceipt last, CancellationToken cancellationToken)
    {
        WorkReceipt receipt = last.Receipt;
        IReadOnlyList<WorkRecord> records = await ledger.ReadAsync((long)receipt.Seq - 1, 1, cancellationToken).ConfigureAwait(false);
        if (records is not [var record])
        {
            throw new ContradictedReceiptException($"There is a receipt {receipt.Seq}, and the ledger has no such record.");
        }

        if (WorkReceipt.Of(record, receipt.Device, receipt.Requester, receipt.JobId, receipt.Previous) != receipt)
        {
            throw new ContradictedReceiptException($"Receipt {receipt.Seq} is not that of record {receipt.Seq} of the ledger.");
        }
    }
}
