using Rewards.Accounts;
using Rewards.Claims;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Audit;

/// <summary>Makes an export out of what a box has.</summary>
public static class AuditExporting
{
    /// <summary>Receipts, or entries of the books, that are read at a time.</summary>
    private const int Share = 1000;

    /// <param name="identity">The box's.</param>
    /// <param name="log">Taken as its last checkpoint has it; what is appended meanwhile is not in the export.</param>
    /// <param name="books">Brought into the log by <see cref="BookLog.CatchUpAsync"/>.</param>
    /// <param name="receipts">Brought into the log by <see cref="WorkLog.CatchUpAsync"/>; those that it does not have yet are left out.</param>
    /// <param name="tree">The claims of <paramref name="epoch"/>.</param>
    /// <param name="epoch">The last that was closed.</param>
    /// <param name="cancellationToken">Ends it between entries.</param>
    /// <exception cref="AccountsException">The books cannot be read, or are older than the log.</exception>
    /// <exception cref="ReceiptException">The receipts cannot be read, or are older than the log.</exception>
    /// <exception cref="FormatException">The log has entries of ours that are none, or out of their order.</exception>
    public static async Task<AuditExport> MakeAsync(
        KeyIdentity identity, TransparencyLog log, AccountBooks books, ReceiptStore receipts, ClaimTree tree, EpochRecord epoch,
        CancellationToken cancellationToken = default)
    {
        SignedNote note = log.Note;
        long size = Checkpoint.Parse(note.Text).Size;
        List<ReadOnlyMemory<byte>> entries = [];
        for (long i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.Add(log.ReadEntry(i));
        }

        List<ReadOnlyMemory<byte>> receiptTexts = await ReadAsync(
            WorkEntry.InOrder(entries).Count(), receipts.ReadAsync, receipt => ReceiptJson.Write(receipt), ReceiptsAreOlder, cancellationToken).ConfigureAwait(false);
        List<ReadOnlyMemory<byte>> bookTexts = await ReadAsync(
            BookLog.InOrder(entries).Count(), books.ReadAsync, entry => entry.ToJson(), BooksAreOlder, cancellationToken).ConfigureAwait(false);
        using var claims = new MemoryStream();
        ClaimTreeJson.Write(tree, claims);
        return new()
        {
            Identity = identity.ToJson(),
            Checkpoint = System.Text.Encoding.UTF8.GetBytes(note.ToString()),
            Entries = entries,
            Receipts = receiptTexts,
            Books = bookTexts,
            Claims = claims.ToArray(),
            Epoch = epoch.ToJson(),
        };
    }

    /// <summary>The texts of the first <paramref name="count"/>.</summary>
    private static async Task<List<ReadOnlyMemory<byte>>> ReadAsync<T>(
        int count, Func<long, int, CancellationToken, Task<IReadOnlyList<T>>> read, Func<T, byte[]> write, Func<int, int, Exception> tooFew,
        CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> texts = [];
        while (texts.Count < count)
        {
            IReadOnlyList<T> next = await read(texts.Count, Math.Min(Share, count - texts.Count), cancellationToken).ConfigureAwait(false);
            if (next.Count == 0)
            {
                throw tooFew(count, texts.Count);
            }

            texts.AddRange(next.Select(item => new ReadOnlyMemory<byte>(write(item))));
        }

        return texts;
    }

    private static ReceiptException ReceiptsAreOlder(int logged, int kept) =>
        new($"The log has work of {logged} receipts, and there are {kept}: they are older than the log.");

    private static AccountsException BooksAreOlder(int logged, int kept) =>
        new($"The log has {logged} entries of the books, and the books have {kept}: they are older than the log.");
}
