using Rewards.Accounts;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;

namespace Rewards.CrashWriter;

/// <summary>All that a box keeps of its work, in one folder.</summary>
public sealed class ReceiptFiles : IAsyncDisposable
{
    private ReceiptFiles(WorkLedger ledger, ReceiptStore receipts, AccountBooks books, TransparencyLog log, EntrySalts salts) =>
        (Ledger, Receipts, Books, Log, Salts) = (ledger, receipts, books, log, salts);

    public WorkLedger Ledger { get; }

    public ReceiptStore Receipts { get; }

    public AccountBooks Books { get; }

    public TransparencyLog Log { get; }

    public EntrySalts Salts { get; }

    public static ReceiptFiles Open(string folder)
    {
        TransparencyLog log = TransparencyLog.Open(Directory.CreateDirectory(Path.Combine(folder, "log")).FullName, LogWriter.Key, LogWriter.Options);
        return new(
            WorkLedger.Open(Path.Combine(folder, "work.db"), new WorkLedgerOptions(), BookWriter.Time),
            ReceiptStore.Open(Path.Combine(folder, "receipts.db"), new ReceiptStoreOptions { VerifiedReceipts = int.MaxValue }, BookWriter.Time),
            AccountBooks.Open(Path.Combine(folder, "accounts.db"), new AccountBooksOptions(), BookWriter.Time),
            log,
            EntrySalts.Open(folder, saltedBefore: log.Size > 0));
    }

    /// <summary>Receipts for all records, and all of both and of the books in the log.</summary>
    public async Task CatchUpAsync()
    {
        await ReceiptIssuing.CatchUpAsync(Ledger, Receipts, ReceiptWriter.Device, ReceiptWriter.Domain, ReceiptWriter.WhoAsked);
        await WorkLog.CatchUpAsync(Ledger, Receipts, Log, Salts);
        await BookLog.CatchUpAsync(Books, Log);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Books.DisposeAsync();
        await Receipts.DisposeAsync();
        await Ledger.DisposeAsync();
        Salts.Dispose();
    }
}
