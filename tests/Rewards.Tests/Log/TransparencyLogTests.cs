using System.Buffers.Binary;
using System.Text;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

public sealed class TransparencyLogTests : IDisposable
{
    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private static readonly LogKey WitnessSecret = LogKey.FromSecret(Keccak256.Of("witness"u8).ToArray());

    private static readonly NoteKey Witness = new("witness.example/w1", NoteKey.CosignatureType, WitnessSecret.PublicKey);

    private static readonly TransparencyLogOptions Options = new() { Origin = "log.example/box", Witnesses = [Witness] };

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_KnownEntries_GivesTheKnownRootUnderASignedCheckpoint()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 7);

        Assert.Equal("0x2ef0a400bf2475990ace7f1c3ca79abd009f464524f7bc8de9cabf915b1c274b", log.Checkpoint.Root.ToString());
        Assert.Equal(7, log.Size);
        Assert.StartsWith("log.example/box\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n\n— log.example/box ", log.Note.ToString(), StringComparison.Ordinal);
        Assert.True(SignedNote.Parse(Encoding.UTF8.GetBytes(log.Note.ToString())).IsSignedBy(NoteKey.Parse(log.VerifierKey.ToString())));
    }

    [Fact]
    public async Task AppendAsync_SameIndexAgain_IsAnsweredAndNotDoubled()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 3);

        Assert.Equal(new(AppendOutcome.AlreadyThere, 1), await log.AppendAsync(Trees.Entry(1), 1, Cancelled));
        Assert.Equal(new(AppendOutcome.Contradicted, 1), await log.AppendAsync(Trees.Entry(9), 1, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(Trees.Entry(4), 4, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(Trees.Entry(4), -1, Cancelled));
        Assert.Equal(new(AppendOutcome.Appended, 3), await log.AppendAsync(Trees.Entry(3), null, Cancelled));
        Assert.Equal(4, log.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    public async Task AppendAsync_LengthOutsideItsRange_IsRefused(int length)
    {
        await using TransparencyLog log = Open();

        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(new byte[length], null, Cancelled));
        Assert.Equal(0, log.Size);
    }

    [Fact]
    public async Task ReadEntry_LongestEntries_AreReadAcrossAReopening()
    {
        byte[][] entries = [.. Enumerable.Range(1, 20).Select(i => Enumerable.Repeat((byte)i, TransparencyLog.EntryLimit).ToArray())];
        await using (TransparencyLog log = Open())
        {
            await Task.WhenAll(entries.Select(entry => log.AppendAsync(entry, null, Cancelled)));
        }

        await using TransparencyLog again = Open();
        Assert.All(entries, (entry, i) => Assert.Equal(entry, again.ReadEntry(i).ToArray()));
        Assert.Null(LogAudit.Fault(again, Cancelled));
    }

    /// <summary>A mirror that knows tiles only, as anybody's would be: it comes to the same root.</summary>
    [Fact]
    public async Task ReadTile_WholeAndPartial_AreWhatAMirrorNeeds()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 600);

        Hash256[] leaves = new Hash256[600];
        for (int tile = 0; tile < 3; tile++)
        {
            int width = tile < 2 ? 256 : 88;
            byte[] hashes = log.ReadTile(0, tile, width)!;
            ReadOnlySpan<byte> entries = log.ReadEntries(tile, width);
            for (int i = 0; i < width; i++)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(entries);
                leaves[(tile * 256) + i] = MerkleHash.Leaf(entries.Slice(2, length));
                Assert.Equal(leaves[(tile * 256) + i], new Hash256(hashes.AsSpan(i * 32, 32)));
                entries = entries[(2 + length)..];
            }

            Assert.True(entries.IsEmpty);
        }

        Assert.Equal(Trees.Root(leaves), log.Checkpoint.Root);
        byte[] upper = log.ReadTile(1, 0, 2)!;
        Assert.Equal(Trees.Root(leaves.AsSpan(256, 256)), new Hash256(upper.AsSpan(32)));
        // What a partial tile was stays the beginning of what it becomes.
        Assert.Equal(log.ReadTile(0, 1, 17)!, log.ReadTile(0, 1, 256)!.AsSpan(0, 17 * 32).ToArray());
    }

    [Theory]
    [InlineData(0, 0, 8)]
    [InlineData(0, 1, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, long.MaxValue, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 257)]
    [InlineData(1, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(63, 0, 1)]
    public async Task ReadTile_NotInTheTree_IsNull(int level, long index, int width)
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 7);

        Assert.Null(log.ReadTile(level, index, width));
        Assert.True(level != 0 || log.ReadEntries(index, width) is null);
    }

    [Fact]
    public async Task Prove_Entry_IsOneTextThatHoldsOffline()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 300);
        string text = log.Prove(123, "receipt"u8.ToArray()).ToString();

        ProofBundle bundle = ProofBundle.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, bundle.ToString());
        Assert.Equal("receipt"u8.ToArray(), bundle.Extra.ToArray());
        Assert.Null(bundle.Fault(Trees.Entry(123), log.VerifierKey, [], 0));
        Assert.Contains("is not number 123", bundle.Fault(Trees.Entry(124), log.VerifierKey, [], 0), StringComparison.Ordinal);
        Assert.Contains("is not number 124", (bundle with { Index = 124 }).Fault(Trees.Entry(123), log.VerifierKey, [], 0), StringComparison.Ordinal);
        Assert.Contains("cosigned by 0", bundle.Fault(Trees.Entry(123), log.VerifierKey, [Witness], 1), StringComparison.Ordinal);
        var other = new NoteKey("log.example/box", NoteKey.PlainType, WitnessSecret.PublicKey);
        Assert.Contains("is not signed by", bundle.Fault(Trees.Entry(123), other, [], 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2")]
    [InlineData("index 2", "index 02")]
    [InlineData("index 2", "index -2")]
    [InlineData("index 2", "index x")]
    [InlineData("index 2\n", "")]
    [InlineData("index 2\n", "index 2\nindex 2\n")]
    [InlineData("index 2\n", "extra AA\nindex 2\n")]
    [InlineData("index 2\n", "index 2\nAAAA\n")]
    [InlineData("\n\n", "\n")]
    public async Task Parse_BundleThatDiffers_IsRefused(string from, string to)
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 7);
        string text = log.Prove(2).ToString();
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ProofBundle.Parse(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Inclusion_OutsideTheTree_IsRefused()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.Inclusion(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Inclusion(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Inclusion(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Consistency(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Consistency(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.ReadEntry(3));
    }

    [Fact]
    public async Task AcceptCosignatures_OfAKnownWitness_AreKeptAndServedAndProveMore()
    {
        await using (TransparencyLog log = Open())
        {
            await FillAsync(log, 5);
            Assert.Equal(1, Accept(log, Cosigned(log.Note)));
            Assert.True(log.Note.IsSignedBy(Witness));
            await FillAsync(log, 9);
        }

        await using TransparencyLog again = Open();
        Assert.False(again.Note.IsSignedBy(Witness));
        Assert.Null(again.Prove(4).Fault(Trees.Entry(4), again.VerifierKey, [Witness], 1));
        Assert.Equal(5, Checkpoint.Parse(Assert.Single(again.CosignedNotes).Text).Size);
        // Entry 7 is under no cosigned checkpoint yet.
        Assert.NotNull(again.Prove(7).Fault(Trees.Entry(7), again.VerifierKey, [Witness], 1));
    }

    [Fact]
    public async Task AcceptCosignatures_OfTheSameWitnessAgain_ReplaceHisEarlier()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 5);
        SignedNote note = log.Note;
        Accept(log, Cosigned(note, 1));
        Accept(log, Cosigned(note, 2));

        Assert.Equal(2UL, BinaryPrimitives.ReadUInt64BigEndian(Assert.Single(log.Note.Signatures, s => s.IsOf(Witness)).Bytes.Span));
    }

    [Fact]
    public async Task AcceptCosignatures_ForgedUnknownOrOfAFork_AreNotKept()
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, 5);
        SignedNote good = Cosigned(log.Note);
        NoteSignature own = good.Signatures[0];
        NoteSignature forged = good.Signatures[1] with { Bytes = new byte[72] };
        string body = new Checkpoint(Options.Origin, 4, log.Checkpoint.Root).Body;
        SignedNote fork = Cosigned(new(body, [log.VerifierKey.Sign(Key, body)]));

        Assert.Contains("does not hold", Refused(log, good with { Signatures = [own, forged] }), StringComparison.Ordinal);
        Assert.Contains("does not hold", Refused(log, good with { Signatures = [good.Signatures[1]] }), StringComparison.Ordinal);
        Assert.Contains("a witness was shown another", Refused(log, fork), StringComparison.Ordinal);
        Assert.Equal(0, Accept(log, good with { Signatures = [own, good.Signatures[1] with { Name = "unknown" }] }));
        Assert.Empty(log.CosignedNotes);
    }

    /// <summary>A copy of the log from before is put in place of it: it would fork at once.</summary>
    [Fact]
    public async Task Open_OlderThanWhatAWitnessSaw_IsRefused()
    {
        await using (TransparencyLog log = Open())
        {
            await FillAsync(log, 3);
        }

        Dictionary<string, byte[]> copy = Directory.GetFiles(_folder.Path).ToDictionary(file => file, File.ReadAllBytes);
        await using (TransparencyLog log = Open())
        {
            await FillAsync(log, 5);
            Accept(log, Cosigned(log.Note));
        }

        foreach ((string file, byte[] bytes) in copy)
        {
            File.WriteAllBytes(file, bytes);
        }

        Assert.Contains("Witnesses saw this log at size 5", Assert.Throws<LogException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint", "its checkpoint is missing")]
    public async Task Open_FileMissing_IsRefused(string file, string why)
    {
        await FillAndCloseAsync(3);
        File.Delete(_folder.At(file));

        Assert.Contains(why, Assert.Throws<LogException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entries", 0)]
    [InlineData("entries", 40)]
    [InlineData("starts", 0)]
    [InlineData("tiles.0", 32)]
    [InlineData("tiles.1", 0)]
    public async Task Open_FileCutShort_IsRefusedAndLeftAsItIs(string file, int length)
    {
        await FillAndCloseAsync(300);
        byte[] bytes = File.ReadAllBytes(_folder.At(file))[..length];
        File.WriteAllBytes(_folder.At(file), bytes);

        Assert.Throws<LogException>(Open);
        Assert.Equal(bytes, File.ReadAllBytes(_folder.At(file)));
    }

    [Theory]
    [InlineData("entries")]
    [InlineData("tiles.0")]
    [InlineData("tiles.1")]
    [InlineData("checkpoint")]
    public async Task Open_LastByteEdited_IsRefused(string file)
    {
        await FillAndCloseAsync(300);
        byte[] bytes = File.ReadAllBytes(_folder.At(file));
        bytes[^2] ^= 1;
        File.WriteAllBytes(_folder.At(file), bytes);

        Assert.Throws<LogException>(Open);
    }

    [Fact]
    public async Task Fault_OldEntryEdited_IsFoundByAnAudit()
    {
        await FillAndCloseAsync(300);
        byte[] bytes = File.ReadAllBytes(_folder.At("entries"));
        bytes[5] ^= 1;
        File.WriteAllBytes(_folder.At("entries"), bytes);

        await using TransparencyLog log = Open();
        Assert.Equal("Entry 0 is not what its hash says.", LogAudit.Fault(log, Cancelled));
    }

    [Fact]
    public async Task Open_WhatIsTornBehindTheCheckpoint_IsCutOff()
    {
        await FillAndCloseAsync(3);
        File.AppendAllText(_folder.At("entries"), "\u0000\u0009half");

        await using TransparencyLog log = Open();
        Assert.Equal(3, log.Size);
        await FillAsync(log, 5);
        Assert.Null(LogAudit.Fault(log, Cancelled));
    }

    [Fact]
    public async Task Open_AnotherKeyOrName_IsRefused()
    {
        await FillAndCloseAsync(3);

        LogException otherKey = Assert.Throws<LogException>(() => TransparencyLog.Open(_folder.Path, WitnessSecret, Options));
        LogException otherName = Assert.Throws<LogException>(() => TransparencyLog.Open(_folder.Path, Key, Options with { Origin = "other" }));

        Assert.Contains("not signed by this box's key", otherKey.Message, StringComparison.Ordinal);
        Assert.Contains("is that of log.example/box", otherName.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_KeyHandedOver_GoesOnUnderTheNewOne()
    {
        await FillAndCloseAsync(3);

        TransparencyLogOptions options = Options with { EarlierKeys = [new(Options.Origin, NoteKey.PlainType, Key.PublicKey)] };
        await using TransparencyLog log = TransparencyLog.Open(_folder.Path, WitnessSecret, options);
        await FillAsync(log, 5);

        Assert.True(log.Note.IsSignedBy(log.VerifierKey));
        Assert.Null(LogAudit.Fault(log, Cancelled));
    }

    [Fact]
    public async Task Open_WhileItIsOpen_IsRefused()
    {
        await using TransparencyLog held = Open();

        Assert.Contains("in use by another process", Assert.Throws<LogException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_FromManyThreads_EachHasItsPlace()
    {
        await using TransparencyLog log = Open();

        AppendedEntry[] answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => log.AppendAsync(Trees.Entry(i), null, Cancelled))));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), answers.Select(a => a.Index).Order());
        Assert.All(answers, (answer, i) => Assert.Equal(Trees.Entry(i), log.ReadEntry(answer.Index).ToArray()));
        Assert.Null(LogAudit.Fault(log, Cancelled));
    }

    private TransparencyLog Open() => TransparencyLog.Open(_folder.Path, Key, Options);

    private static async Task FillAsync(TransparencyLog log, int size) =>
        await Task.WhenAll(Enumerable.Range(0, size).Skip((int)log.Size).Select(i => log.AppendAsync(Trees.Entry(i), i, Cancelled)));

    private async Task FillAndCloseAsync(int size)
    {
        await using TransparencyLog log = Open();
        await FillAsync(log, size);
    }

    private static SignedNote Cosigned(SignedNote note, ulong time = 1_700_000_000) =>
        note with { Signatures = [.. note.Signatures.Where(s => !s.IsOf(Witness)), Witness.Sign(WitnessSecret, note.Text, time)] };

    private static int Accept(TransparencyLog log, SignedNote note) => log.AcceptCosignatures(Encoding.UTF8.GetBytes(note.ToString()));

    private static string Refused(TransparencyLog log, SignedNote note) => Assert.Throws<LogException>(() => Accept(log, note)).Message;
}
