using Rewards.Accounts;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Audit;

/// <summary>Makes an export out of what a box has.</summary>
public static class AuditExporting
{
    /// <param name="identity">The box's.</param>
    /// <param name="log">Taken as its last checkpoint has it; what is appended meanwhile is not in the export.</param>
    /// <param name="books">Brought into the log by <see cref="BookLog.CatchUpAsync"/>.</param>
    /// <param name="receipts">All of them in order; those that the log does not have yet are left out.</param>
    /// <param name="tree">The claims of <paramref name="epoch"/>.</param>
    /// <param name="epoch">The last that was closed.</param>
    /// <param name="cancellationToken">Ends it between entries.</param>
    /// <exception cref="AccountsException">The books cannot be read.</exception>
    public static async Task<AuditExport> MakeAsync(
        KeyIdentity identity, TransparencyLog log, AccountBooks books, IReadOnlyList<ReadOnlyMemory<byte>> receipts, ClaimTree tree, EpochRecord epoch,
        CancellationToken cancellationToken = default)
    {
        SignedNote note = log.Note;
        long size = Checkpoint.Parse(note.Text).Size;
        List<ReadOnlyMemory<byte>> entries = [];
        int loggedReceipts = 0;
        for (long i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> entry = log.ReadEntry(i);
            entries.Add(entry);
            loggedReceipts += Receipts.ReceiptLog.Read(entry) is null ? 0 : 1;
        }

        int loggedBooks = BookLog.InOrder(entries).Count();
        List<ReadOnlyMemory<byte>> bookTexts = [];
        while (bookTexts.Count < loggedBooks)
        {
            int limit = Math.Min(AccountBooks.ReadLimit, loggedBooks - bookTexts.Count);
            IReadOnlyList<BookEntry> next = await books.ReadAsync(bookTexts.Count, limit, cancellationToken).ConfigureAwait(false);
            if (next.Count == 0)
            {
                throw new AccountsException($"The log has {loggedBooks} entries of the books, and the books have {bookTexts.Count}: they are older than the log.");
            }

            foreach (BookEntry entry in next)
            {
                bookTexts.Add(entry.ToJson());
            }
        }

        using var claims = new MemoryStream();
        ClaimTreeJson.Write(tree, claims);
        return new()
        {
            Identity = identity.ToJson(),
            Checkpoint = System.Text.Encoding.UTF8.GetBytes(note.ToString()),
            Entries = entries,
            Receipts = [.. receipts.Take(loggedReceipts)],
            Books = bookTexts,
            Claims = claims.ToArray(),
            Epoch = epoch.ToJson(),
        };
    }
}
