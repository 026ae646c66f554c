using System.Text;
using System.Text.Json;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class SignedReceiptTests
{
    [Fact]
    public async Task Write_SignedReceipts_AreAcceptedByViemAndEthers()
    {
        List<SignedReceipt> receipts = [.. Sample.Chain(20).Select(r => SignedReceipt.Sign(r, Sample.Domain, Sample.Device).Countersign(Sample.Requester))];

        string answer = await NodeOracle.AskAsync(
            "receipts.mjs", JsonSerializer.Serialize(receipts.Select(r => Encoding.UTF8.GetString(ReceiptJson.Write(r)))));

        Assert.Equal(answer.Split('\n'), receipts.Select(r => $"{r.Digest()} {Sample.Device.Address} {Sample.Requester.Address}"));
        Assert.All(receipts, r => Assert.Null(r.Fault()));
    }

    /// <summary>As a requester does, whose wallet has the key.</summary>
    [Fact]
    public async Task WithCountersignature_ByViemAndEthers_IsTaken()
    {
        SignedReceipt receipt = SignedReceipt.Sign(Sample.Receipt(1, Hash256.Zero), Sample.Domain, Sample.Device);

        string answer = await NodeOracle.AskAsync("countersign.mjs", JsonSerializer.Serialize(new
        {
            secret = Keccak256.Of("requester"u8).ToString(),
            text = Encoding.UTF8.GetString(ReceiptJson.Write(receipt)),
        }));

        string[] signatures = answer.Split('\n');
        Assert.Equal(2, signatures.Length);
        Assert.All(signatures, signature => Assert.Null(receipt.WithCountersignature(RecoverableSignature.Parse(signature)).Fault()));
    }

    [Fact]
    public void Read_WrittenReceipt_IsTheSame()
    {
        SignedReceipt signed = Sample.Signed(1, Hash256.Zero);
        SignedReceipt unsigned = signed with { RequesterSignature = null };

        Assert.Equal(signed, ReceiptJson.Read(ReceiptJson.Write(signed)));
        Assert.Equal(unsigned, ReceiptJson.Read(ReceiptJson.Write(unsigned)));
    }

    public static TheoryData<string, Func<WorkReceipt, WorkReceipt>> Changes => new()
    {
        { "Device", r => r with { Device = Sample.Requester.Address } },
        { "Requester", r => r with { Requester = Sample.Device.Address } },
        { "JobId", r => r with { JobId = Keccak256.Of([9]) } },
        { "Seq", r => r with { Seq = 8 } },
        { "SourceHash", r => r with { SourceHash = Keccak256.Of([9]) } },
        { "RecipeHash", r => r with { RecipeHash = Keccak256.Of([9]) } },
        { "OutputsRoot", r => r with { OutputsRoot = Keccak256.Of([9]) } },
        { "Pixels", r => r with { Pixels = r.Pixels + 1 } },
        { "InputPixels", r => r with { InputPixels = r.InputPixels - 1 } },
        { "StartedAt", r => r with { StartedAt = r.StartedAt + 1 } },
        { "FinishedAt", r => r with { FinishedAt = r.FinishedAt + 1 } },
        { "Previous", r => r with { Previous = Keccak256.Of([9]) } },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Fault_AnyFieldChanged_IsFound(string field, Func<WorkReceipt, WorkReceipt> change)
    {
        SignedReceipt signed = Sample.Signed(7, Keccak256.Of([7]));
        SignedReceipt changed = signed with { Receipt = change(signed.Receipt) };

        Assert.True(changed.Fault() is not null, field);
        Assert.Throws<ArgumentException>(() => changed.WithCountersignature(signed.RequesterSignature!));
    }

    [Fact]
    public void Fault_AnotherDomain_IsFound()
    {
        SignedReceipt signed = Sample.Signed(1, Hash256.Zero);
        SigningDomain[] others =
        [
            Sample.Domain with { Name = "Other" },
            Sample.Domain with { Version = "2" },
            Sample.Domain with { ChainId = 1 },
            Sample.Domain with { VerifyingContract = Sample.Device.Address },
        ];

        Assert.All(others, domain => Assert.Contains("not signed by its device", (signed with { Domain = domain }).Fault(), StringComparison.Ordinal));
    }

    [Fact]
    public void Fault_CountersignatureOfTheDevice_IsFound()
    {
        SignedReceipt signed = Sample.Signed(1, Hash256.Zero);

        Assert.Contains("not countersigned by its requester", (signed with { RequesterSignature = signed.DeviceSignature }).Fault(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => signed.Countersign(Sample.Device));
    }

    [Fact]
    public void Sign_KeyOfAnother_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SignedReceipt.Sign(Sample.Receipt(1, Hash256.Zero), Sample.Domain, Sample.Requester));

    [Fact]
    public void Sign_FieldsOutsideTheirRange_AreAllNamed()
    {
        WorkReceipt receipt = Sample.Receipt(1, Keccak256.Of([1])) with { Pixels = WorkReceipt.CountLimit + 1, StartedAt = ulong.MaxValue, Requester = default };

        string message = Assert.Throws<ArgumentException>(() => SignedReceipt.Sign(receipt, Sample.Domain, Sample.Device)).Message;

        string[] fields = ["Pixels", "StartedAt", "Requester", "Previous"];
        Assert.All(fields, field => Assert.Contains(field, message, StringComparison.Ordinal));
    }
}
