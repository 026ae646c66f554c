using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Metering;
using Rewards.Receipts;
using Xunit;

namespace Rewards.Tests.Entries;

/// <summary>What must hold of all that a box keeps, whatever happened on the way: each record has one receipt and one entry of the log.</summary>
internal static class OneOfEach
{
    public static async Task RequireAsync(ReceiptFiles all, CancellationToken cancelled)
    {
        LoggedWork[] logged = [.. Enumerable.Range(0, (int)all.Log.Size).Select(i => WorkEntry.Read(all.Log.ReadEntry(i))).OfType<LoggedWork>()];
        foreach (LoggedWork work in logged)
        {
            WorkRecord record = Assert.Single(await all.Ledger.ReadAsync(work.Sequence - 1, 1, cancelled));
            SignedReceipt signed = (await all.Receipts.FindAsync(work.Sequence, cancelled))!;
            Assert.Equal(new(record.Sequence, record.WeightedPixels, signed.Digest()), work);
            Assert.Equal(ReceiptWriter.WhoAsked(record)?.Requester ?? ReceiptWriter.Device.Address, signed.Receipt.Requester);
        }

        Assert.Equal(Enumerable.Range(1, logged.Length).Select(n => (long)n), logged.Select(work => work.Sequence));
        Assert.Equal(logged.Length, (long)(await all.Receipts.LastAsync(cancelled))!.Receipt.Seq);
        Assert.Empty(await all.Ledger.ReadAsync(logged.Length, 1, cancelled));
        Assert.Equal((logged.Length, (await all.Receipts.IndexOfAsync(logged.Length, cancelled))!.Value), await all.Receipts.LastLoggedAsync(cancelled));
    }
}
