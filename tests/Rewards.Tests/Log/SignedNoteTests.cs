using System.Text;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

public sealed class SignedNoteTests
{
    /// <summary>The example of Go's package note, the format's first implementation.</summary>
    private const string PeterNeumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    private const string Line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    [Fact]
    public void IsSignedBy_ExampleOfGo_Holds()
    {
        NoteKey key = NoteKey.Parse(PeterNeumann);
        SignedNote note = Parse(Text + "\n" + Line);

        Assert.Equal(PeterNeumann, key.ToString());
        Assert.True(note.IsSignedBy(key));
        Assert.False((note with { Text = Text + "\n" }).IsSignedBy(key));
        Assert.Equal(Text + "\n" + Line, note.ToString());
    }

    /// <summary>The key of Go's checksum database, as it is published.</summary>
    [Fact]
    public void Parse_KeyOfGosChecksumDatabase_IsRead() =>
        Assert.Equal(0x033de0aeU, NoteKey.Parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").Id);

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("")]
    public void Parse_KeyThatIsNot_IsRefused(string text) => Assert.Throws<FormatException>(() => NoteKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\nno signature\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAA= \n")]
    [InlineData("text\n\n— name AAA AAA=\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("te\u0001xt\n\n— name AAAAAAA=\n")]
    [InlineData("te\rxt\n\n— name AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    public void Parse_TextThatIsNoNote_IsRefused(string text) => Assert.Throws<FormatException>(() => Parse(text));

    [Fact]
    public void Parse_BrokenUtf8_IsRefused() =>
        Assert.Throws<FormatException>(() => SignedNote.Parse([.. "te"u8, 0xFF, .. Encoding.UTF8.GetBytes("xt\n\n— name AAAAAAA=\n")]));

    [Theory]
    [InlineData(SignedNote.SignatureLimit, true)]
    [InlineData(SignedNote.SignatureLimit + 1, false)]
    public void Parse_ManySignatures_AreReadUpToALimit(int count, bool read)
    {
        string text = "text\n\n" + string.Concat(Enumerable.Repeat("— name AAAAAAA=\n", count));

        Assert.Equal(read ? null : typeof(FormatException), Record.Exception(() => Parse(text))?.GetType());
    }

    [Fact]
    public void Parse_LongNote_IsRefused() => Assert.Throws<FormatException>(() => SignedNote.Parse(new byte[SignedNote.LengthLimit + 1]));

    [Fact]
    public void IsSignedBy_WitnessKey_SignsAnotherMessageThanTheLog()
    {
        var log = new NoteKey("log.example", NoteKey.PlainType, Key.PublicKey);
        var witness = new NoteKey("log.example", NoteKey.CosignatureType, Key.PublicKey);
        NoteSignature cosignature = witness.Sign(Key, Text, 1_700_000_000);

        Assert.NotEqual(log.Id, witness.Id);
        Assert.Equal(8 + 64, cosignature.Bytes.Length);
        Assert.True(new SignedNote(Text, [cosignature]).IsSignedBy(witness));
        Assert.False(new SignedNote(Text, [cosignature]).IsSignedBy(log));
        // The message that the time and the text are put into, written out.
        Assert.True(Ed25519.Verify(Key.PublicKey, Encoding.UTF8.GetBytes("cosignature/v1\ntime 1700000000\n" + Text), cosignature.Bytes.Span[8..]));
    }

    [Fact]
    public void IsSignedBy_CosignatureWithAnotherTime_DoesNotHold()
    {
        var witness = new NoteKey("witness.example", NoteKey.CosignatureType, Key.PublicKey);
        NoteSignature cosignature = witness.Sign(Key, Text, 1_700_000_000);
        byte[] bytes = cosignature.Bytes.ToArray();
        bytes[7] ^= 1;

        Assert.False(new SignedNote(Text, [cosignature with { Bytes = bytes }]).IsSignedBy(witness));
    }

    /// <summary>The example of C2SP's tlog-cosignature; its keys are not published.</summary>
    [Fact]
    public void Parse_ExampleOfC2sp_IsReadAndWrittenAlike()
    {
        const string Example = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """;
        SignedNote note = Parse(Example);

        Assert.Equal(Example, note.ToString());
        Assert.Equal(20_852_163, Checkpoint.Parse(note.Text).Size);
        Assert.Equal(1_679_315_147UL, System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(note.Signatures[1].Bytes.Span));
    }

    /// <summary>A valid signature beside one of the same key that is not.</summary>
    [Fact]
    public void IsSignedBy_OneOfTwoDoesNotHold_IsNotSigned()
    {
        var log = new NoteKey("log.example", NoteKey.PlainType, Key.PublicKey);
        NoteSignature good = log.Sign(Key, Text);

        Assert.False(new SignedNote(Text, [good, good with { Bytes = new byte[64] }]).IsSignedBy(log));
    }

    [Theory]
    [InlineData("log.example\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n", true)]
    [InlineData("log.example\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\nmore\n", true)]
    [InlineData("log.example\n07\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n", false)]
    [InlineData("log.example\n-7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n", false)]
    [InlineData("log.example\n9223372036854775808\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n", false)]
    [InlineData("log.example\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s\n", false)]
    [InlineData("log.example\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=", false)]
    [InlineData("log.example\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n\n", false)]
    [InlineData("\n7\nLvCkAL8kdZkKzn8cPKeavQCfRkUk97yN6cq/kVscJ0s=\n", false)]
    [InlineData("", false)]
    public void Checkpoint_Text_IsReadInItsOneForm(string text, bool read)
    {
        Assert.Equal(read ? null : typeof(FormatException), Record.Exception(() => Checkpoint.Parse(text))?.GetType());
        if (read)
        {
            Assert.Equal(text, Checkpoint.Parse(text).Body);
        }
    }

    private static SignedNote Parse(string text) => SignedNote.Parse(Encoding.UTF8.GetBytes(text));
}
