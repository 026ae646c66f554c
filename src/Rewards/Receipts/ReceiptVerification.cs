using Rewards.Durability;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>Checks at opening what was asserted at writing.</summary>
internal static class ReceiptVerification
{
    private const int Share = 256;

    /// <param name="table">The receipts.</param>
    /// <param name="path">For messages.</param>
    /// <param name="newest">How many of the newest receipts are checked one by one.</param>
    /// <exception cref="ReceiptException">Something does not add up; the message says what first.</exception>
    public static void Require(ReceiptTable table, string path, int newest)
    {
        string answer = DatabaseFile.QuickCheck(table.Connection);
        Demand(answer == "ok" ? null : answer);
        long last = table.LastSeq();
        long count = DatabaseFile.Number(table.Connection, "SELECT count(*) FROM receipt");
        Demand(count == last ? null : $"it holds {count} receipts, but the last is number {last}");

        long after = Math.Max(0, last - newest);
        SignedReceipt? before = after > 0 ? table.Find(after) : null;
        while (table.Read(after, Share) is { Count: > 0 } receipts)
        {
            foreach (SignedReceipt signed in receipts)
            {
                Demand(Fault(table, signed, before, ++after));
                before = signed;
            }
        }

        Demand(
            LoggedPlaces.AreInOrder(table) && LoggedPlaces.Last(table).Entry <= last ? null : "its receipts do not stand in the log in their order");

        void Demand(string? fault)
        {
            if (fault is not null)
            {
                throw new ReceiptException($"{path} is damaged: {fault.TrimEnd('.')}. It was left as it is: restore a copy, or move it away.");
            }
        }
    }

    private static string? Fault(ReceiptTable table, SignedReceipt signed, SignedReceipt? before, long seq) =>
        (long)signed.Receipt.Seq != seq || !table.IsBeside(signed) ? $"what stands beside receipt {seq} is not what it says"
            : signed.Receipt.Previous != (before?.Digest() ?? Hash256.Zero) ? $"receipt {seq} does not name the one before it"
            : signed.Fault() is { } fault ? $"receipt {seq} does not hold: {fault}"
            : null;
}
