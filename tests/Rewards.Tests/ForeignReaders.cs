using System.Text;
using Rewards.Accounts;
using Rewards.Audit;
using Rewards.Claims;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Settlement;
using Rewards.Signing;
using Rewards.Tests.Audit;
using Rewards.Tests.Receipts;

namespace Rewards.Tests;

/// <summary>Everything of this room that reads what others wrote, each with something right.</summary>
internal static class ForeignReaders
{
    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private static readonly NoteKey Verifier = new("log.example", NoteKey.PlainType, Key.PublicKey);

    private static readonly NoteKey Witness = new("witness.example", NoteKey.CosignatureType, Key.PublicKey);

    /// <returns>What it is called, a right one, and who reads it: he throws a FormatException for what is not right, and nothing else.</returns>
    public static IReadOnlyList<(string What, string Right, Action<byte[]> Read)> All()
    {
        string body = new Checkpoint("log.example", 7, MerkleHash.Empty).Body;
        var note = new SignedNote(body, [Verifier.Sign(Key, body), Witness.Sign(Key, body, 1_700_000_000)]);
        var bundle = new ProofBundle(3, [MerkleHash.Empty, Keccak256.Of([1])], note, "extra"u8.ToArray());
        var tree = new MemoryStream();
        ClaimTreeJson.Write(ClaimTree.Of([new(Sample.Device.Address, 5), new(Sample.Requester.Address, UInt128.MaxValue)]), tree);
        KeyHandover handover = new(1, KeyKind.Device, "0x" + new string('1', 40), "0x" + new string('2', 40), 7, Hash256.Zero.ToString(), "0x", "0x");
        var identity = new KeyIdentity(KeyIdentity.CurrentFormat, handover.OldKey, "0x" + new string('3', 64), [handover]);
        var entry = new BookEntry(
            5,
            "k",
            new SettleOrder([new(1, DeliveryKind.Made, 900)], "r"),
            [new(AccountName.Reserved(Sample.Requester.Address), -900), new(AccountName.Earnings(Sample.Device.Address), 900)],
            Hash256.Zero,
            3);
        Quote quote = Quote.Of(
            Sample.Requester.Address, Sample.Device.Address, [new(8, "h264", 48, 5, 6, 7, 8)], PriceTable.Default, DateTimeOffset.UnixEpoch);
        using var export = new StringWriter();
        new SoundExport().Make().Write(export);
        return
        [
            ("export", export.ToString(), bytes => RewardsAudit.Fault(AuditExport.Read(new StringReader(Text(bytes))), SoundExport.Verifier)),
            ("prices", Text(PriceTable.PublishedDefault()), bytes => PriceTable.Parse(bytes)),
            ("entry of the books", Text(entry.ToJson()), bytes => new BookReplay().Add(BookEntry.Parse(bytes))),
            ("reservation", Text((entry with { Order = new ReserveOrder(quote) }).ToJson()), bytes => new BookReplay().Add(BookEntry.Parse(bytes) with { Sequence = 1 })),
            ("log's entry of the books", Text(BookLog.Text(entry)), bytes => BookLog.Read(bytes)),
            ("receipt", Text(ReceiptJson.Write(Sample.Signed(1, Hash256.Zero))), bytes => ReceiptJson.Read(bytes).Fault()),
            ("log's entry of work", Text(SoundExport.Entry(Sample.Signed(1, Hash256.Zero))), bytes => WorkEntry.Read(bytes)),
            ("epoch", Text(new EpochRecord(1, MerkleHash.Empty, MerkleHash.Empty, 5).ToJson()), bytes => EpochRecord.Parse(bytes)),
            ("claims", Text(tree.ToArray()), bytes => ClaimTreeJson.Read(bytes)),
            ("identity", Text(identity.ToJson()), bytes => KeyIdentity.Parse(bytes).Fault()),
            ("note", note.ToString(), bytes => SignedNote.Parse(bytes).IsSignedBy(Witness)),
            ("checkpoint", body, bytes => Checkpoint.Parse(Text(bytes))),
            ("proof", bundle.ToString(), bytes => ProofBundle.Parse(bytes).Fault("entry"u8, Verifier, [Witness], 1)),
            ("witness request", new WitnessRequest(5, bundle.Proof, note).ToString(), bytes => WitnessRequest.Parse(bytes)),
            ("verifier key", Verifier.ToString(), bytes => NoteKey.Parse(Text(bytes))),
            ("tile", "0/x001/x234/067.p/12", bytes => _ = TilePath.TryParse(Text(bytes), out TilePath path) || path == default ? 0 : throw new InvalidOperationException("A path that was refused is there.")),
            ("signature", Sample.Device.Sign(default).ToString(), bytes => RecoverableSignature.Parse(Text(bytes)).Signer(default)),
            ("address", Sample.Device.Address.ToString(), bytes => EthereumAddress.Parse(Text(bytes))),
            ("hash", MerkleHash.Empty.ToString(), bytes => Hash256.Parse(Text(bytes))),
            ("number", new string('\0', 31) + "\u0007", bytes => DistributorContract.ReadNumber(bytes)),
        ];
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
