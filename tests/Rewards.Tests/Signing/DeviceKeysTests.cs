using System.Runtime.Versioning;
using Rewards.Log;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Signing;

[UnsupportedOSPlatform("windows")]
public sealed class DeviceKeysTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();

    private string Path => _folder.At("keys");

    private string DeviceFile => System.IO.Path.Combine(Path, "device.key");

    private string LogFile => System.IO.Path.Combine(Path, "log.key");

    private string IdentityFile => System.IO.Path.Combine(Path, "identity.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FirstAndSecondTime_IsTheSameIdentityInFilesOfItsOwner()
    {
        using DeviceKeys first = Open();
        using DeviceKeys second = Open();

        Assert.Equal(first.Device.Address, second.Device.Address);
        Assert.Equal(first.Log.PublicKey, second.Log.PublicKey);
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
        Assert.All(new[] { DeviceFile, LogFile, IdentityFile }, file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData("device.key")]
    [InlineData("log.key")]
    public void Open_KeyMissing_IsLostAndNotReplaced(string file)
    {
        Open().Dispose();
        File.Delete(System.IO.Path.Combine(Path, file));

        Refused("is lost");
        Assert.False(File.Exists(System.IO.Path.Combine(Path, file)));
    }

    [Fact]
    public void Open_FolderMissingButSomethingWasSigned_IsLostAndNothingIsMade()
    {
        var expected = new KeyExpectation(DeviceKey.Create().Address, ReadOnlyMemory<byte>.Empty);

        Assert.Contains("are lost", Assert.Throws<KeyException>(() => DeviceKeys.Open(Path, expected)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(DeviceFile));
    }

    [Fact]
    public void Open_FolderMissingButALogIsThere_IsLost() =>
        Assert.Contains(
            "are lost", Assert.Throws<KeyException>(() => DeviceKeys.Open(Path, KeyExpectation.None with { SignedBefore = true })).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_KeysOfAnotherBox_AreForeign()
    {
        Open().Dispose();

        Assert.Contains(
            "are foreign",
            Assert.Throws<KeyException>(() => DeviceKeys.Open(Path, new KeyExpectation(DeviceKey.Create().Address, ReadOnlyMemory<byte>.Empty))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "are foreign",
            Assert.Throws<KeyException>(() => DeviceKeys.Open(Path, new KeyExpectation(null, LogKey.Create().PublicKey.ToArray()))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device.key", 1)]
    [InlineData("log.key", 0)]
    public void Open_KeySwappedForAnother_IsForeignAndLeftAsItIs(string file, int line)
    {
        Open().Dispose();
        string path = System.IO.Path.Combine(Path, file);
        string[] lines = File.ReadAllLines(path);
        lines[1] = line == 1 ? new string('1', 64) : new string('2', 64);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        byte[] swapped = File.ReadAllBytes(path);

        Refused("is foreign");
        Assert.Equal(swapped, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("device.key", UnixFileMode.GroupRead)]
    [InlineData("log.key", UnixFileMode.OtherRead)]
    [InlineData("device.key", UnixFileMode.OtherWrite)]
    public void Open_KeyOthersMayTouch_IsRefused(string file, UnixFileMode more)
    {
        Open().Dispose();
        File.SetUnixFileMode(System.IO.Path.Combine(Path, file), Owner | more);

        Refused("others may touch it");
    }

    [Fact]
    public void Open_FolderOthersMayTouch_IsRefused()
    {
        Open().Dispose();
        File.SetUnixFileMode(Path, Owner | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

        Refused("others may touch it");
    }

    [Fact]
    public void Open_KeyOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        Open().Dispose();
        System.Diagnostics.Process.Start("chown", ["12345", DeviceFile]).WaitForExit();

        Refused("it belongs to user 12345");
    }

    [Fact]
    public void Open_KeyThatIsALink_IsRefused()
    {
        Open().Dispose();
        File.Move(DeviceFile, _folder.At("elsewhere"));
        File.CreateSymbolicLink(DeviceFile, _folder.At("elsewhere"));

        Refused("it is a link");
    }

    [Theory]
    [InlineData("")]
    [InlineData("appliance device key v1 (secp256k1)\n12")]
    [InlineData("appliance log key v1 (Ed25519)\n1111111111111111111111111111111111111111111111111111111111111111\n")]
    [InlineData("appliance device key v1 (secp256k1)\nzz11111111111111111111111111111111111111111111111111111111111111\n")]
    public void Open_KeyFileThatHoldsSomethingElse_IsRefusedAndLeftAsItIs(string content)
    {
        Open().Dispose();
        File.WriteAllText(DeviceFile, content);

        Refused("left as it is");
        Assert.Equal(content, File.ReadAllText(DeviceFile));
    }

    [Theory]
    [InlineData("appliance/keys/v1", "appliance/keys/v2", "it is of the form")]
    [InlineData("{", "", "cannot be read")]
    [InlineData("\"device\"", "\"gadget\"", "cannot be read")]
    [InlineData("[]", "[null]", "cannot be read")]
    [InlineData("[]", "null", "cannot be read")]
    public void Open_IdentityThatDoesNotHold_IsRefused(string from, string to, string why)
    {
        Open().Dispose();
        File.WriteAllText(IdentityFile, File.ReadAllText(IdentityFile).Replace(from, to, StringComparison.Ordinal));

        Refused(why);
    }

    [Fact]
    public void Open_FirstStartCutShortAfterTheFirstKey_KeepsIt()
    {
        EthereumAddress address;
        using (DeviceKeys keys = Open())
        {
            address = keys.Device.Address;
        }

        File.Delete(IdentityFile);
        File.Delete(LogFile);

        using DeviceKeys again = Open();
        Assert.Equal(address, again.Device.Address);
    }

    [Fact]
    public void HandOver_BothKinds_IsAChainThatHolds()
    {
        using DeviceKeys keys = Open();
        EthereumAddress[] signers = [keys.Device.Address, default, default];
        keys.HandOver(KeyKind.Device, Now);
        signers[1] = keys.Device.Address;
        keys.HandOver(KeyKind.Log, Now.AddDays(1));
        keys.HandOver(KeyKind.Device, Now.AddDays(2));
        signers[2] = keys.Device.Address;

        using DeviceKeys again = DeviceKeys.Open(Path, new KeyExpectation(signers[0], ReadOnlyMemory<byte>.Empty));

        Assert.Null(again.Identity.Fault());
        Assert.Equal(3, signers.Distinct().Count());
        Assert.Equal(signers.Select(s => s.ToString().ToLowerInvariant()), again.Identity.All(KeyKind.Device));
        Assert.Equal(signers[2], again.Device.Address);
        Assert.Equal(keys.Log.PublicKey, again.Log.PublicKey);
    }

    [Fact]
    public async Task Digest_HandOvers_AreTypedDataToViemAndEthers()
    {
        using DeviceKeys keys = Open();
        keys.HandOver(KeyKind.Device, Now);
        keys.HandOver(KeyKind.Log, Now);
        keys.HandOver(KeyKind.Device, Now);

        string answer = await NodeOracle.AskAsync("handovers.mjs", System.Text.Encoding.UTF8.GetString(keys.Identity.ToJson()));

        Assert.Equal(
            keys.Identity.Handovers.Select(h => h.Kind is KeyKind.Device ? $"{h.Digest()} {h.OldKey} {h.NewKey}" : $"{h.Digest()}"), answer.Split('\n'));
    }

    [Fact]
    public async Task HandOver_OfTheLogsKey_LetsTheLogGoOn()
    {
        string log = Directory.CreateDirectory(_folder.At("log")).FullName;
        using DeviceKeys keys = Open();
        Assert.False(TransparencyLog.IsThere(log));
        await using (TransparencyLog.Open(log, keys.Log, Options()))
        {
        }

        keys.HandOver(KeyKind.Log, Now);

        Assert.True(TransparencyLog.IsThere(log));
        await using TransparencyLog again = TransparencyLog.Open(log, keys.Log, Options());
        Assert.Equal(keys.Log.PublicKey, again.VerifierKey.PublicKey);

        TransparencyLogOptions Options() =>
            new() { Origin = "log.example", EarlierKeys = TransparencyLogOptions.EarlierKeysOf(keys.Identity, "log.example") };
    }

    /// <summary>The old key's file back in place, and the new one under its other name: as a crash in between leaves it.</summary>
    [Fact]
    public void HandOver_CutShortAfterItHappened_IsFinishedByTheNextStart()
    {
        EthereumAddress after;
        using (DeviceKeys keys = Open())
        {
            byte[] before = File.ReadAllBytes(DeviceFile);
            keys.HandOver(KeyKind.Device, Now);
            after = keys.Device.Address;
            File.Move(DeviceFile, DeviceFile + ".next");
            File.WriteAllBytes(DeviceFile, before);
            File.SetUnixFileMode(DeviceFile, Owner);
        }

        using DeviceKeys again = Open();
        Assert.Equal(after, again.Device.Address);
        Assert.False(File.Exists(DeviceFile + ".next"));
        using DeviceKeys third = Open();
        Assert.Equal(after, third.Device.Address);
    }

    [Fact]
    public void HandOver_ThatCannotBeWritten_IsNotFollowedByAnother()
    {
        using DeviceKeys keys = Open();
        File.Move(IdentityFile, _folder.At("aside"));
        Directory.CreateDirectory(IdentityFile);

        Assert.Contains("could not be written", Assert.Throws<KeyException>(() => keys.HandOver(KeyKind.Device, Now)).Message, StringComparison.Ordinal);
        Directory.Delete(IdentityFile);
        File.Move(_folder.At("aside"), IdentityFile);

        Assert.Contains("open the keys anew", Assert.Throws<KeyException>(() => keys.HandOver(KeyKind.Device, Now)).Message, StringComparison.Ordinal);
        using DeviceKeys again = Open();
        Assert.Equal(keys.Device.Address, again.Device.Address);
    }

    /// <summary>A new key that nothing names yet: the hand-over did not happen.</summary>
    [Fact]
    public void HandOver_CutShortBeforeItHappened_LeavesTheOldKey()
    {
        using DeviceKeys keys = Open();
        File.Copy(LogFile, DeviceFile + ".next");

        using DeviceKeys again = Open();
        Assert.Equal(keys.Device.Address, again.Device.Address);
        again.HandOver(KeyKind.Device, Now);
        Assert.False(File.Exists(DeviceFile + ".next"));
    }

    public static TheoryData<string, Func<KeyIdentity, KeyIdentity>> Forgeries => new()
    {
        { "has the number 2", identity => identity with { Handovers = [identity.Handovers[1], identity.Handovers[0]] } },
        { "is from a key that did not sign then", identity => identity with { Device = Other() } },
        { "is not signed by both", identity => Change(identity, h => h with { NewKey = Other() }) },
        { "is not signed by both", identity => Change(identity, h => h with { At = h.At + 1 }) },
        { "is not signed by both", identity => Change(identity, h => h with { OldSignature = h.NewSignature }) },
        { "is not signed by both", identity => Change(identity, h => h with { NewSignature = h.OldSignature }) },
        { "is not signed by both", identity => Change(identity, h => h with { OldSignature = "" }) },
        { "does not follow", identity => Change(identity, h => h with { Previous = Keccak256.Of([]).ToString() }) },
        { "cannot be read", identity => Change(identity, h => h with { NewKey = h.NewKey[2..] }) },
    };

    [Theory]
    [MemberData(nameof(Forgeries), DisableDiscoveryEnumeration = true)]
    public void Fault_ForgedHandOver_IsFound(string why, Func<KeyIdentity, KeyIdentity> forge)
    {
        using DeviceKeys keys = Open();
        keys.HandOver(KeyKind.Device, Now);
        keys.HandOver(KeyKind.Device, Now);

        Assert.Contains(why, forge(keys.Identity).Fault(), StringComparison.Ordinal);
    }

    private static string Other() => DeviceKey.FromSecret([.. new byte[31], 7]).Address.ToString().ToLowerInvariant();

    private static KeyIdentity Change(KeyIdentity identity, Func<KeyHandover, KeyHandover> change) =>
        identity with { Handovers = [change(identity.Handovers[0]), .. identity.Handovers.Skip(1)] };

    private DeviceKeys Open() => DeviceKeys.Open(Path, KeyExpectation.None);

    private void Refused(string why) => Assert.Contains(why, Assert.Throws<KeyException>(Open).Message, StringComparison.Ordinal);
}
