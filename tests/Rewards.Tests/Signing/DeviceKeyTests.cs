using System.Text.Json;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Signing;

public sealed class DeviceKeyTests
{
    /// <summary>The order of the group, SEC 2, 2.4.1.</summary>
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    [Fact]
    public async Task Sign_ManyDigests_IsWhatViemRecoversAndEthersSigns()
    {
        var cases = Enumerable.Range(1, 20).Select(i => (Secret: Keccak256.Of([(byte)i]), Digest: Keccak256.Of([(byte)i, 1]))).ToList();
        DeviceKey[] keys = [.. cases.Select(c => DeviceKey.FromSecret(c.Secret.ToArray()))];
        RecoverableSignature[] signatures = [.. cases.Select((c, i) => keys[i].Sign(c.Digest))];

        string answer = await NodeOracle.AskAsync("signer.mjs", JsonSerializer.Serialize(cases.Select((c, i) => new
        {
            secret = c.Secret.ToString(),
            digest = c.Digest.ToString(),
            signature = signatures[i].ToString(),
        })));

        // Both sides take the nonce of RFC 6979, so that even the bytes agree.
        Assert.Equal(answer.Split('\n'), keys.Select((k, i) => $"{k.Address} {k.Address} {signatures[i]}"));
        Assert.All(cases, c => Assert.Equal(keys[cases.IndexOf(c)].Address, signatures[cases.IndexOf(c)].Signer(c.Digest)));
    }

    [Fact]
    public void FromSecret_One_HasTheWellKnownAddress() =>
        Assert.Equal("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", DeviceKey.FromSecret([.. new byte[31], 1]).Address.ToString());

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("01")]
    public void FromSecret_NumberOutsideTheGroup_IsRefused(string secret) =>
        Assert.Throws<ArgumentException>(() => DeviceKey.FromSecret(Convert.FromHexString(secret)));

    [Fact]
    public void TryRead_HighS_IsRefused()
    {
        using DeviceKey key = DeviceKey.Create();
        byte[] bytes = key.Sign(Hash256.Zero).ToArray();
        var order = System.Numerics.BigInteger.Parse("0" + Order, System.Globalization.NumberStyles.HexNumber, null);
        var high = order - new System.Numerics.BigInteger(bytes.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        bytes.AsSpan(32, 32).Clear();
        byte[] s = high.ToByteArray(isUnsigned: true, isBigEndian: true);
        s.CopyTo(bytes.AsSpan(64 - s.Length));

        Assert.False(RecoverableSignature.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(29)]
    public void TryRead_OtherV_IsRefused(byte v)
    {
        using DeviceKey key = DeviceKey.Create();
        byte[] bytes = key.Sign(Hash256.Zero).ToArray();
        bytes[64] = v;

        Assert.False(RecoverableSignature.TryRead(bytes, out _));
    }

    [Fact]
    public void Signer_AnotherDigest_IsSomebodyElse()
    {
        using DeviceKey key = DeviceKey.Create();

        Assert.NotEqual(key.Address, key.Sign(Hash256.Zero).Signer(Keccak256.Of([])));
    }

    [Fact]
    public void Signer_NoPointOfTheCurve_IsNobody()
    {
        // r = 0 is no point; s = 1 is low.
        byte[] bytes = new byte[65];
        bytes[63] = 1;
        bytes[64] = 27;

        Assert.True(RecoverableSignature.TryRead(bytes, out RecoverableSignature? signature));
        Assert.Null(signature!.Signer(Keccak256.Of([])));
    }
}
