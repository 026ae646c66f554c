using Rewards.Accounts;
using Rewards.Claims;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Audit;

/// <summary>Derives everything anew, from the log to the claims, out of an export alone: no network, no keys, no books.</summary>
/// <remarks>
/// The order, in which each link holds the next: the log's key signed a checkpoint; the checkpoint fixes the entries; the entries fix
/// receipts and books; receipts are signed and follow one another; the books follow from their own orders, and are paid for
/// work that has a receipt; the epoch's claims are what the books earned under its size.
/// What it cannot tell: whether pixels are honest, whether deposits were made, and whether the box shows others another log, which
/// witnesses do.
/// </remarks>
public static class RewardsAudit
{
    /// <summary>How much earlier than the one before it a receipt's work may have ended: segments are made side by side.</summary>
    private static readonly TimeSpan Overtaking = TimeSpan.FromMinutes(10);

    /// <summary>What first does not add up, in a plain sentence; null where everything does.</summary>
    /// <param name="export">As the box gave it out.</param>
    /// <param name="log">The log's key, from where the asker trusts it to be.</param>
    /// <param name="cancellationToken">Ends it between entries.</param>
    public static string? Fault(AuditExport export, NoteKey log, CancellationToken cancellationToken = default)
    {
        string part = "identity";
        try
        {
            KeyIdentity identity = KeyIdentity.Parse(export.Identity.Span);
            if (IdentityFault(identity, log) is { } identityFault)
            {
                return identityFault;
            }

            part = "log";
            SignedNote note = SignedNote.Parse(export.Checkpoint.Span);
            Checkpoint checkpoint = Checkpoint.Parse(note.Text);
            EpochRecord epoch = EpochRecord.Parse(export.Epoch);
            if (LogFault(export, note, checkpoint, epoch, log, cancellationToken) is { } logFault)
            {
                return logFault;
            }

            part = "receipts";
            List<SignedReceipt> receipts = [];
            EthereumAddress[] devices = [.. identity.All(KeyKind.Device).Select(device => EthereumAddress.Parse(device))];
            if (ReceiptFault(export, devices, receipts, cancellationToken) is { } receiptFault)
            {
                return receiptFault;
            }

            part = "books";
            if (AccountsAudit.Fault(export, devices, receipts, cancellationToken) is { } booksFault)
            {
                return booksFault;
            }

            part = "claims";
            return ClaimsFault(export, epoch);
        }
        catch (FormatException exception)
        {
            return $"The {part} cannot be read: {exception.Message}";
        }
    }

    private static string? IdentityFault(KeyIdentity identity, NoteKey log) =>
        identity.Fault() is { } fault ? $"The identity does not hold: {fault}."
            : identity.Current(KeyKind.Log) != Hexadecimal.Write(log.PublicKey) ? $"The log's key {log.Name} is not the one that the box says signs for it."
            : null;

    private static string? LogFault(
        AuditExport export, SignedNote note, Checkpoint checkpoint, EpochRecord epoch, NoteKey log, CancellationToken cancellationToken)
    {
        if (!note.IsSignedBy(log))
        {
            return $"The checkpoint is not signed by {log.Name}.";
        }

        if (checkpoint.Origin != log.Name)
        {
            return $"The checkpoint is of {checkpoint.Origin}, not of {log.Name}.";
        }

        if (checkpoint.Size != export.Entries.Count)
        {
            return $"The checkpoint is of {checkpoint.Size} entries, and there are {export.Entries.Count}.";
        }

        if (epoch.LogSize > checkpoint.Size)
        {
            return $"Epoch {epoch.Epoch} counts {epoch.LogSize} entries of the log, which has {checkpoint.Size}.";
        }

        var tree = new MerkleFrontier();
        Hash256 epochRoot = tree.Root();
        foreach (ReadOnlyMemory<byte> entry in export.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tree.Add(MerkleHash.Leaf(entry.Span));
            epochRoot = tree.Size == epoch.LogSize ? tree.Root() : epochRoot;
        }

        return tree.Root() != checkpoint.Root ? "The log's entries do not give the root that its checkpoint signs."
            : epochRoot != epoch.LogRoot ? $"Epoch {epoch.Epoch} names a root of the log at size {epoch.LogSize} that its entries do not give."
            : null;
    }

    /// <param name="export">Its entries are those of the checkpoint.</param>
    /// <param name="devices">The box's device keys, the first one first.</param>
    /// <param name="receipts">Filled in order.</param>
    /// <param name="cancellationToken">Ends it between receipts.</param>
    private static string? ReceiptFault(AuditExport export, EthereumAddress[] devices, List<SignedReceipt> receipts, CancellationToken cancellationToken)
    {
        List<LoggedWork> logged = [.. WorkEntry.InOrder(export.Entries)];
        var chain = new ReceiptChain(devices, Overtaking);
        foreach (ReadOnlyMemory<byte> text in export.Receipts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SignedReceipt signed = ReceiptJson.Read(text);
            if (signed.Fault() is { } fault)
            {
                return $"Receipt {signed.Receipt.Seq} does not hold: {fault}";
            }

            ReceiptStep step = chain.Add(signed.Receipt, signed.Digest());
            if (step.Kind != ReceiptStepKind.Follows)
            {
                return step.Text;
            }

            var work = new LoggedWork((long)signed.Receipt.Seq, (long)signed.Receipt.Pixels, signed.Digest());
            if (receipts.Count == logged.Count || logged[receipts.Count] != work)
            {
                return $"Receipt {signed.Receipt.Seq} is not the one that the log has in its place.";
            }

            receipts.Add(signed);
        }

        return receipts.Count < logged.Count ? $"Receipt {logged[receipts.Count].Sequence} is in the log, and is not shown." : null;
    }

    private static string? ClaimsFault(AuditExport export, EpochRecord epoch)
    {
        ClaimTree claims = ClaimTreeJson.Read(export.Claims);
        if (claims.Root != epoch.Root)
        {
            return $"The claims do not give the root of epoch {epoch.Epoch}.";
        }

        IReadOnlyList<Claim> earned = EpochClosing.Earnings(export.Entries.Take((int)epoch.LogSize));
        for (int i = 0; i < Math.Max(earned.Count, claims.Claims.Length); i++)
        {
            if (i == earned.Count || i == claims.Claims.Length || earned[i] != claims.Claims[i])
            {
                Claim wrong = i < claims.Claims.Length ? claims.Claims[i] : earned[i];
                return $"The claim of {wrong.Account} in epoch {epoch.Epoch} is not what the log says was earned.";
            }
        }

        return null;
    }
}
