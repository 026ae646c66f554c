using System.Text;
using Rewards.Accounts;
using Rewards.Audit;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Rewards.Tests.Receipts;
using Xunit;

namespace Rewards.Tests.Audit;

/// <summary>Each link broken once, and what is said of it.</summary>
public sealed class RewardsAuditTests
{
    private static readonly AuditExport Sound = new SoundExport().Make();

    public static TheoryData<string, AuditExport> Broken()
    {
        EpochRecord epoch = EpochRecord.Parse(Sound.Epoch);
        ClaimTree more = ClaimTree.Of([new(Books.Box, 9999)]);
        LogKey stranger = LogKey.FromSecret(Keccak256.Of("stranger"u8).ToArray());
        string body = SignedNote.Parse(Sound.Checkpoint.Span).Text;
        return new()
        {
            { "The identity cannot be read: This is no identity", Sound with { Identity = new byte[3] } },
            { "The identity does not hold: it is of the form other", Sound with { Identity = Replaced(Sound.Identity, KeyIdentity.CurrentFormat, "other") } },
            { "The log's key log.example is not the one that the box says signs for it", Sound with { Identity = Replaced(Sound.Identity, Convert.ToHexStringLower(SoundExport.Key.PublicKey), new string('1', 64)) } },
            { "The checkpoint is not signed by log.example", Sound with { Checkpoint = Bytes(new SignedNote(body, [SoundExport.Verifier.Sign(stranger, body)]).ToString()) } },
            { "The checkpoint is of 11 entries, and there are 10", Sound with { Entries = [.. Sound.Entries.SkipLast(1)] } },
            { "The log's entries do not give the root that its checkpoint signs", Sound with { Entries = [.. Sound.Entries.Skip(1), Sound.Entries[0]] } },
            { "The log's entries do not give the root that its checkpoint signs", Sound with { Entries = Changed(Sound.Entries, 5, text => text.Replace("1050", "1051", StringComparison.Ordinal)) } },
            { "Epoch 1 counts 99 entries of the log, which has 11", Sound with { Epoch = (epoch with { LogSize = 99 }).ToJson() } },
            { "Epoch 1 names a root of the log at size 6 that its entries do not give", Sound with { Epoch = (epoch with { LogRoot = Hash256.Zero }).ToJson() } },
            { "Epoch 1 names a root of the log at size 5 that its entries do not give", Sound with { Epoch = (epoch with { LogSize = 5 }).ToJson() } },
            { "The receipts cannot be read: This is no receipt", Sound with { Receipts = Changed(Sound.Receipts, 0, text => text[1..]) } },
            { "Receipt 1 does not hold: It is not signed by its device", Sound with { Receipts = Changed(Sound.Receipts, 0, text => text.Replace("\"pixels\":\"900\"", "\"pixels\":\"901\"", StringComparison.Ordinal)) } },
            { "Receipt 2 is missing", Sound with { Receipts = [Sound.Receipts[0], .. Sound.Receipts.Skip(2)] } },
            { "Receipt 1 is there twice", Sound with { Receipts = [Sound.Receipts[0], .. Sound.Receipts] } },
            { "Receipt 4 is in the log, and is not shown", Sound with { Receipts = [.. Sound.Receipts.SkipLast(1)] } },
            { "Receipt 1 is not the one that the log has in its place", Sound with { Receipts = [Other(1), .. Sound.Receipts.Skip(1)] } },
            { "Receipt 2 is not the one that the log has in its place", Sound with { Receipts = [Sound.Receipts[0], OtherChain(Sound.Receipts[1])] } },
            { "The receipts cannot be read: The log has entry 3 of the ledger after entry 1", Logged([.. Sound.Entries.Where((_, i) => i != 2)]) },
            { "The receipts cannot be read: The log has two different entries 2 of the ledger", Logged([.. Sound.Entries, Changed(Sound.Entries, 2, text => text.Replace("\"weightedPixels\":800", "\"weightedPixels\":801", StringComparison.Ordinal))[2]]) },
            { "Receipt 2 is not the one that the log has in its place", Logged(Changed(Sound.Entries, 2, text => text.Replace("\"weightedPixels\":800", "\"weightedPixels\":801", StringComparison.Ordinal))) },
            { "The receipts cannot be read: This log's entry of work is not in its one form", Logged(Changed(Sound.Entries, 2, text => text.Replace("work/v1", "work/v2", StringComparison.Ordinal))) },
            { "The books cannot be read: This is no entry of the books", Sound with { Books = Changed(Sound.Books, 0, text => text[1..]) } },
            { "The books do not add up: entry 2 is missing: entry 3 follows 1", Sound with { Books = [Sound.Books[0], .. Sound.Books.Skip(2)] } },
            { "The books do not add up: the postings of entry 1 are not what its order gives", Sound with { Books = Changed(Sound.Books, 0, text => text.Replace("\"amount\":\"5000\"", "\"amount\":\"6000\"", StringComparison.Ordinal)) } },
            { "Entry 1 of the books is not the one that the log has in its place", Sound with { Books = Changed(Sound.Books, 0, text => text.Replace("5000", "6000", StringComparison.Ordinal)) } },
            { "Entry 7 of the books is in the log, and is not shown", Sound with { Books = [.. Sound.Books.SkipLast(1)] } },
            { "Entry 2 of the books reserves for the box itself", new SoundExport { Requester = Sample.Device.Address }.Make() },
            { "Entry 3 of the books is paid for 901 weighted pixels of work 1, and its receipt says 900", new SoundExport { PaidPixels = 901 }.Make() },
            { "for making work 1, which " + Sample.Requester.Address + " had asked for", new SoundExport { Requester = Books.Ann }.Make() },
            { "for making work 3, which " + Sample.Device.Address + " had asked for", new SoundExport { OwnWork = DeliveryKind.Made }.Make() },
            { "Entry 3 of the books is paid for work 1, whose receipt its requester did not countersign", new SoundExport { Countersigned = false }.Make() },
            { "Entry 6 of the books is paid for work 5, which has no receipt", new SoundExport { LastWork = 5 }.Make() },
            { "The claims do not give the root of epoch 1", Sound with { Epoch = (epoch with { Root = Hash256.Zero }).ToJson() } },
            { "The claims do not give the root of epoch 1", Sound with { Claims = Json(more) } },
            { "The claim of " + Books.Box + " in epoch 1 is not what the log says was earned", Sound with { Claims = Json(more), Epoch = (epoch with { Root = more.Root }).ToJson() } },
            { "The claims cannot be read", Sound with { Claims = new byte[3] } },
            { "The log cannot be read", Sound with { Epoch = new byte[3] } },
        };
    }

    [Fact]
    public void Fault_OfASoundExport_IsNone() => Assert.Null(RewardsAudit.Fault(Sound, SoundExport.Verifier, TestContext.Current.CancellationToken));

    /// <summary>An append may be done and said to have failed: what is brought again then stands there twice.</summary>
    [Fact]
    public void Fault_OfAnEntryThatStandsTwice_IsNone() =>
        Assert.Null(RewardsAudit.Fault(Logged([.. Sound.Entries, Sound.Entries[1], Sound.Entries[2]]), SoundExport.Verifier, TestContext.Current.CancellationToken));

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Fault_OfABrokenLink_NamesIt(string fault, AuditExport broken)
    {
        string? said = RewardsAudit.Fault(broken, SoundExport.Verifier, TestContext.Current.CancellationToken);

        Assert.Contains(fault, said, StringComparison.Ordinal);
        Assert.EndsWith(".", said, StringComparison.Ordinal);
    }

    /// <summary>One byte of one part, anywhere. The identity's JSON may have other blanks and mean the same; all else has one form.</summary>
    [Theory]
    [InlineData("checkpoint")]
    [InlineData("claims")]
    [InlineData("epoch")]
    [InlineData("entry")]
    [InlineData("receipt")]
    [InlineData("book")]
    public void Fault_OfAnyChangedByte_IsSaid(string part)
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            AuditExport changed = part switch
            {
                "checkpoint" => Sound with { Checkpoint = Flipped(Sound.Checkpoint, random) },
                "claims" => Sound with { Claims = Flipped(Sound.Claims, random) },
                "epoch" => Sound with { Epoch = Flipped(Sound.Epoch, random) },
                "entry" => Sound with { Entries = Flipped(Sound.Entries, random) },
                "receipt" => Sound with { Receipts = Flipped(Sound.Receipts, random) },
                _ => Sound with { Books = Flipped(Sound.Books, random) },
            };

            Assert.NotNull(RewardsAudit.Fault(changed, SoundExport.Verifier, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Fault_OfAnotherLogsKey_IsSaid()
    {
        var other = new NoteKey("other.example", NoteKey.PlainType, SoundExport.Key.PublicKey);

        Assert.Equal("The checkpoint is not signed by other.example.", RewardsAudit.Fault(Sound, other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameExport()
    {
        string text = Written(Sound);

        AuditExport read = AuditExport.Read(new StringReader(text));

        Assert.Equal(text, Written(read));
        Assert.Null(RewardsAudit.Fault(read, SoundExport.Verifier, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("appliance/audit/v1\n", "appliance/audit/v2\n", "begins with the line")]
    [InlineData("\nepoch ", "\nother ", "Line 5 of the export has none of its words")]
    [InlineData("\nepoch ", "\nclaims ", "or one that is there already")]
    [InlineData("\nepoch ", "\nentry ", "The export has no epoch")]
    [InlineData("\nepoch ", "\nepoch !", "Line 5 of the export is not base64")]
    public void Read_AnotherText_IsRefused(string from, string to, string fault)
    {
        string changed = Written(Sound).Replace(from, to, StringComparison.Ordinal);

        Assert.Contains(fault, Assert.Throws<FormatException>(() => AuditExport.Read(new StringReader(changed))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutShort_IsRefused() =>
        Assert.Contains("ends within a line", Assert.Throws<FormatException>(() => AuditExport.Read(new StringReader(Written(Sound)[..^1]))).Message, StringComparison.Ordinal);

    private static string Written(AuditExport export)
    {
        using var text = new StringWriter();
        export.Write(text);
        return text.ToString();
    }

    private static ReadOnlyMemory<byte>[] Flipped(IReadOnlyList<ReadOnlyMemory<byte>> parts, Random random)
    {
        int at = random.Next(parts.Count);
        return [.. parts.Select((part, i) => i == at ? Flipped(part, random) : part)];
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> part, Random random)
    {
        byte[] bytes = part.ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        return bytes;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Replaced(ReadOnlyMemory<byte> bytes, string from, string to) =>
        Bytes(Encoding.UTF8.GetString(bytes.Span).Replace(from, to, StringComparison.Ordinal));

    private static IReadOnlyList<ReadOnlyMemory<byte>> Changed(IReadOnlyList<ReadOnlyMemory<byte>> parts, int at, Func<string, string> change)
    {
        string before = Encoding.UTF8.GetString(parts[at].Span);
        string after = change(before);
        Assert.NotEqual(before, after);
        return [.. parts.Select((part, i) => i == at ? Bytes(after) : part)];
    }

    private static byte[] Json(ClaimTree tree)
    {
        using var json = new MemoryStream();
        ClaimTreeJson.Write(tree, json);
        return json.ToArray();
    }

    /// <summary>The same box with another log, which its key signed, and whose first entries the epoch counts.</summary>
    private static AuditExport Logged(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        EpochRecord epoch = EpochRecord.Parse(Sound.Epoch);
        return Sound with
        {
            Entries = entries,
            Checkpoint = SoundExport.Note(entries),
            Epoch = (epoch with { LogRoot = SoundExport.Root(entries.Take((int)epoch.LogSize)) }).ToJson(),
        };
    }

    private static byte[] Other(ulong seq) => ReceiptJson.Write(Sample.Signed(seq, Hash256.Zero));

    private static byte[] OtherChain(ReadOnlyMemory<byte> receipt)
    {
        SignedReceipt signed = ReceiptJson.Read(receipt);
        return ReceiptJson.Write(SignedReceipt.Sign(signed.Receipt, signed.Domain with { ChainId = 5 }, Sample.Device));
    }
}
