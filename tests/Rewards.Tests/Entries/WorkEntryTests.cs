using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Metering;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Entries;

[UnsupportedOSPlatform("windows")]
public sealed class WorkEntryTests
{
    private static readonly WorkRecord Record = new(7, Segment.Of(3), 2, 59_236_800, DateTimeOffset.UnixEpoch.AddTicks(12_345_670));

    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly Hash256 Receipt = Keccak256.Of("receipt"u8);

    /// <summary>Worked out anew from what is opened, by other code.</summary>
    [Fact]
    public void Entry_IsACommitmentToWhatIsOpened()
    {
        using JsonDocument opening = JsonDocument.Parse(WorkEntry.Opening(Record, Salt));
        byte[] salt = Convert.FromHexString(opening.RootElement.GetProperty("salt").GetString()!);
        string record = opening.RootElement.GetProperty("record").GetRawText();
        string commitment = Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(record)]));

        Assert.Equal(
            $$"""{"commitment":"{{commitment}}","format":"appliance/work/v1","receipt":"{{Receipt}}","sequence":7,"weightedPixels":59236800,"weightsVersion":2}""",
            Encoding.UTF8.GetString(WorkEntry.Of(Record, salt, Receipt)));
    }

    [Fact]
    public void ReadOpening_OfWhatWasWritten_GivesRecordAndSalt()
    {
        (WorkRecord record, byte[] salt) = WorkEntry.ReadOpening(WorkEntry.Opening(Record, Salt));
        Assert.Equal((Record with { Work = Record.Work.Checked() }, Convert.ToHexString(Salt)), (record, Convert.ToHexString(salt)));
    }

    [Theory]
    [InlineData("\"sequence\":7", "\"sequence\":7.0")]
    [InlineData("\"sequence\":7,", "")]
    [InlineData("\"frames\":", "\"frames\":-")]
    [InlineData("\"demand\":\"", "\"demand\":\"no")]
    [InlineData("\"recipeId\":\"", "\"recipeId\":\"0")]
    [InlineData("\"index\":", "\"index\":99999999999")]
    [InlineData("\"recordedAt\":", "\"recordedAt\":999999999999")]
    [InlineData("\"salt\":\"", "\"salt\":\"x")]
    [InlineData("{\"record\":{", "{\"record\":[{")]
    [InlineData(",\"salt\"", ", \"salt\"")]
    public void ReadOpening_OfAnythingElse_IsRefused(string part, string other)
    {
        string text = Encoding.UTF8.GetString(WorkEntry.Opening(Record, Salt));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => WorkEntry.ReadOpening(Encoding.UTF8.GetBytes(text.Replace(part, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Read_AnEntry_GivesWhatItSaysToEverybody()
    {
        Assert.Equal(new LoggedWork(7, 59_236_800, Receipt), WorkEntry.Read(WorkEntry.Of(Record, Salt, Receipt)));
        Assert.Null(WorkEntry.Read("{\"book\":1}"u8.ToArray()));
        Assert.Null(WorkEntry.Read(ReadOnlyMemory<byte>.Empty));
    }

    [Theory]
    [InlineData("\"sequence\":7", "\"sequence\":0")]
    [InlineData("\"sequence\":7", "\"sequence\":7.0")]
    [InlineData("\"sequence\":7", "\"sequence\":\"7\"")]
    [InlineData("\"sequence\":7,", "")]
    [InlineData("\"sequence\":7,", "\"sequence\":7,\"sequence\":7,")]
    [InlineData("\"weightedPixels\":5", "\"weightedPixels\":-5")]
    [InlineData("\"weightsVersion\":2", "\"weightsVersion\":0")]
    [InlineData("\"weightsVersion\":2", "\"weightsVersion\":99999999999")]
    [InlineData("\"receipt\":\"0x", "\"receipt\":\"")]
    [InlineData("\"receipt\":\"0x", "\"receipt\":\"0x00")]
    [InlineData("{\"commitment\":\"", "{\"commitment\":\"0")]
    [InlineData("{\"commitment\":\"", "{\"commitment\":null,\"was\":\"")]
    [InlineData("work/v1", "work/v2")]
    [InlineData("\"format\":", " \"format\":")]
    [InlineData("}", "} ")]
    [InlineData("}", "")]
    public void Read_AnEntryInAnotherForm_IsRefused(string from, string to)
    {
        string text = Encoding.UTF8.GetString(WorkEntry.Of(Record, Salt, Receipt));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => WorkEntry.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    /// <summary>One that has capital digits, or one that was written before receipts were in it.</summary>
    [Fact]
    public void Read_OtherDigitsOrNoReceipt_IsRefused()
    {
        string text = Encoding.UTF8.GetString(WorkEntry.Of(Record, Salt, Receipt));
        string commitment = text[15..79];

        Assert.Throws<FormatException>(() => WorkEntry.Read(Encoding.UTF8.GetBytes(text.Replace(commitment, commitment.ToUpperInvariant(), StringComparison.Ordinal))));
        Assert.Throws<FormatException>(() => WorkEntry.Read(Encoding.UTF8.GetBytes(text.Replace($"\"receipt\":\"{Receipt}\",", "", StringComparison.Ordinal))));
    }

    /// <summary>Members in the order of their names, nothing between them (RFC 8785).</summary>
    [Fact]
    public void Record_HasOneText()
    {
        string text = Encoding.UTF8.GetString(WorkEntry.TextOf(Record with { Work = Record.Work with { Engine = "e \"quoted\" \\ e" } }));
        using JsonDocument parsed = JsonDocument.Parse(text);
        string[] names = [.. parsed.RootElement.EnumerateObject().Select(member => member.Name)];

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.DoesNotContain(": ", text, StringComparison.Ordinal);
        Assert.Contains("""
            "engine":"e \"quoted\" \\ e"
            """, text, StringComparison.Ordinal);
        Assert.Contains("\"recordedAt\":1234567,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Salts_AreKeptAndNeverReplaced()
    {
        using var scratch = new ScratchFolder();
        byte[] first;
        using (EntrySalts salts = EntrySalts.Open(scratch.Path, saltedBefore: false))
        {
            first = salts.Of(1);
            Assert.NotEqual(first, salts.Of(2));
        }

        string file = Assert.Single(Directory.GetFiles(scratch.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using (EntrySalts again = EntrySalts.Open(scratch.Path, saltedBefore: true))
        {
            Assert.Equal(first, again.Of(1));
        }

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<KeyException>(() => EntrySalts.Open(scratch.Path, saltedBefore: true));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, "something else\n");
        Assert.Throws<KeyException>(() => EntrySalts.Open(scratch.Path, saltedBefore: true));
        File.Delete(file);
        Assert.Throws<KeyException>(() => EntrySalts.Open(scratch.Path, saltedBefore: true));
    }
}
