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
