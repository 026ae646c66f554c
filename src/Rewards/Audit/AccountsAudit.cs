using Rewards.Accounts;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Audit;

/// <summary>The books of an export against themselves, against the log, and against the receipts that were paid.</summary>
/// <remarks>A receipt has the number of its work's record, and says what it weighs. Work that is paid for as made has a receipt that the payer
/// countersigned; what the box made out to itself, for the household or ahead, is from the cache for everybody.</remarks>
internal static class AccountsAudit
{
    /// <param name="export">Its entries are those of the checkpoint.</param>
    /// <param name="devices">The box's device keys.</param>
    /// <param name="receipts">All of them, which hold: number n at n − 1.</param>
    /// <param name="cancellationToken">Ends it between entries.</param>
    /// <returns>What first does not add up, in a plain sentence; null where all does.</returns>
    public static string? Fault(AuditExport export, EthereumAddress[] devices, List<SignedReceipt> receipts, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> logged = [.. BookLog.InOrder(export.Entries).Select(entry => entry.Text)];
        var replay = new BookReplay();
        foreach (ReadOnlyMemory<byte> text in export.Books)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BookEntry entry = BookEntry.Parse(text.Span);
            if (replay.Take(entry, out BookRuling? ruling) is { } fault)
            {
                return $"The books do not add up: {fault.TrimEnd('.')}.";
            }

            if (entry.Sequence > logged.Count || !logged[(int)entry.Sequence - 1].Span.SequenceEqual(BookLog.Text(entry)))
            {
                return $"Entry {entry.Sequence} of the books is not the one that the log has in its place.";
            }

            EthereumAddress requester = replay.Requester;
            if (entry.Order is ReserveOrder && devices.Contains(requester))
            {
                return $"Entry {entry.Sequence} of the books reserves for the box itself.";
            }

            if (entry.Order is SettleOrder settle && PaymentFault(entry, settle, [.. ruling!.Charges], requester, receipts) is { } paymentFault)
            {
                return paymentFault;
            }
        }

        return replay.Sequence < logged.Count ? $"Entry {replay.Sequence + 1} of the books is in the log, and is not shown." : null;
    }

    private static string? PaymentFault(BookEntry entry, SettleOrder settle, HashSet<long> made, EthereumAddress requester, List<SignedReceipt> receipts)
    {
        foreach (Delivery delivery in settle.Deliveries)
        {
            if (delivery.Work > receipts.Count)
            {
                return $"Entry {entry.Sequence} of the books is paid for work {delivery.Work}, which has no receipt.";
            }

            SignedReceipt signed = receipts[(int)delivery.Work - 1];
            if (signed.Receipt.Pixels != (ulong)delivery.WeightedPixels)
            {
                return $"Entry {entry.Sequence} of the books is paid for {delivery.WeightedPixels} weighted pixels of work {delivery.Work}, and its receipt says {signed.Receipt.Pixels}.";
            }

            if (made.Contains(delivery.Work) && signed.Receipt.Requester != requester)
            {
                return $"Entry {entry.Sequence} of the books is paid by {requester} for making work {delivery.Work}, which {signed.Receipt.Requester} had asked for.";
            }

            if (made.Contains(delivery.Work) && signed.RequesterSignature is null)
            {
                return $"Entry {entry.Sequence} of the books is paid for work {delivery.Work}, whose receipt its requester did not countersign.";
            }
        }

        return null;
    }
}
