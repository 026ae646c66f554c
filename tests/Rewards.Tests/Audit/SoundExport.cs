using System.Text;
using Rewards.Accounts;
using Rewards.Audit;
using Rewards.Claims;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Rewards.Tests.Receipts;

namespace Rewards.Tests.Audit;

/// <summary>A box's small history, with everything in its place: four receipts, of which the third was made ahead; two jobs that were paid, one that
/// was released; an epoch that closed before the last entries.</summary>
internal sealed class SoundExport
{
    public static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    public static readonly NoteKey Verifier = new("log.example", NoteKey.PlainType, Key.PublicKey);

    private readonly BookReplay _replay = new();
    private readonly List<ReadOnlyMemory<byte>> _books = [];
    private readonly List<ReadOnlyMemory<byte>> _receipts = [];
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly TestClock _clock = new();
    private Hash256 _previous = Hash256.Zero;
    private ulong _seq;

    /// <summary>The requester that the tests may change: who is it that the books reserve for?</summary>
    public EthereumAddress Requester { get; init; } = Sample.Requester.Address;

    /// <summary>What the receipts say of each segment's pixels; the books say the same where they are asked.</summary>
    public long PaidPixels { get; init; } = 900;

    /// <summary>Did the requester countersign?</summary>
    public bool Countersigned { get; init; } = true;

    /// <summary>What the books call work that the box made out to itself.</summary>
    public DeliveryKind OwnWork { get; init; } = DeliveryKind.FromCache;

    /// <summary>The work that the last job is paid for.</summary>
    public long LastWork { get; init; } = 4;

    public AuditExport Make()
    {
        Enter("d", new DepositOrder(5000, "0xabc", Requester));
        Receive(900, Sample.Requester.Address);
        Receive(800, Sample.Requester.Address);
        Receive(700, Sample.Device.Address);
        Enter("r1", new ReserveOrder(Books.Quote(Requester, _clock, 3)));
        Enter("s1", Books.Settle("r1", (1, DeliveryKind.Made, PaidPixels), (2, DeliveryKind.FromCache, 800), (3, OwnWork, 700)));
        int epochSize = _entries.Count;
        Receive(600, Sample.Requester.Address);
        Enter("r2", new ReserveOrder(Books.Quote(Requester, _clock)));
        Enter("r3", new ReserveOrder(Books.Quote(Requester, _clock)));
        Enter("s2", Books.Settle("r2", (LastWork, DeliveryKind.Made, 600)));
        Enter("f", new ReleaseOrder("cancelled", "r3"));

        (EpochRecord epoch, ClaimTree tree) = EpochClosing.Close(
            EpochClosing.Earnings(_entries.Take(epochSize)), 1, new Checkpoint(Verifier.Name, epochSize, Root(_entries.Take(epochSize))))!.Value;
        using var claims = new MemoryStream();
        ClaimTreeJson.Write(tree, claims);
        return new()
        {
            Identity = new KeyIdentity(
                KeyIdentity.CurrentFormat,
                "0x" + Convert.ToHexStringLower(Bytes(Sample.Device.Address)),
                "0x" + Convert.ToHexStringLower(Key.PublicKey),
                []).ToJson(),
            Checkpoint = Note(_entries),
            Entries = _entries,
            Receipts = _receipts,
            Books = _books,
            Claims = claims.ToArray(),
            Epoch = epoch.ToJson(),
        };
    }

    /// <summary>A checkpoint over entries, signed by the log.</summary>
    public static byte[] Note(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        string body = new Checkpoint(Verifier.Name, entries.Count, Root(entries)).Body;
        return Encoding.UTF8.GetBytes(new SignedNote(body, [Verifier.Sign(Key, body)]).ToString());
    }

    public static Hash256 Root(IEnumerable<ReadOnlyMemory<byte>> entries) => ContentHashes.OfOutputs(entries.Select(entry => MerkleHash.Leaf(entry.Span)));

    /// <summary>The log's entry of a receipt's work, of which the log tells no more than this.</summary>
    public static byte[] Entry(SignedReceipt signed)
    {
        var record = new WorkRecord((long)signed.Receipt.Seq, Segment.Of((int)signed.Receipt.Seq), 2, (long)signed.Receipt.Pixels, DateTimeOffset.UnixEpoch);
        return WorkEntry.Of(record, new byte[32], signed.Digest());
    }

    private static byte[] Bytes(EthereumAddress address)
    {
        byte[] bytes = new byte[EthereumAddress.Length];
        address.CopyTo(bytes);
        return bytes;
    }

    private void Receive(ulong pixels, EthereumAddress requester)
    {
        WorkReceipt receipt = Sample.Receipt(++_seq, _previous) with { Pixels = pixels, Requester = requester };
        SignedReceipt signed = SignedReceipt.Sign(receipt, Sample.Domain, Sample.Device);
        if (Countersigned && requester == Sample.Requester.Address)
        {
            signed = signed.Countersign(Sample.Requester);
        }

        _previous = signed.Digest();
        _receipts.Add(ReceiptJson.Write(signed));
        _entries.Add(Entry(signed));
    }

    private void Enter(string key, BookOrder order)
    {
        BookRuling ruling = BookRules.Judge(order, 1_700_000_000_000_000, _replay);
        var entry = new BookEntry(1_700_000_000_000_000, key, order, ruling.Postings, _replay.Head, _replay.Sequence + 1);
        _replay.Add(entry);
        _books.Add(entry.ToJson());
        _entries.Add(BookLog.Text(entry));
    }
}
