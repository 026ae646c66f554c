using System.Text;
using System.Text.Json;
using Rewards.Signing;
using Rewards.Tests.Oracles;
using Rewards.Tests.Receipts;
using Rewards.Verdicts;
using Xunit;

namespace Rewards.Tests.Verdicts;

public sealed class SignedVerdictTests
{
    [Fact]
    public async Task Write_SignedVerdicts_AreAcceptedByViemAndEthers()
    {
        List<SignedVerdict> verdicts = [.. Enum.GetValues<VerdictOutcome>().Select(outcome => Signed(Verdicts.Of(outcome)))];
        verdicts.Add(Signed(Verdicts.Of(VerdictOutcome.CannotTell) with { Check = "", Reason = "", Engine = "", Seq = 9, Previous = Keccak256.Of([4]) }));
        string answer = await NodeOracle.AskAsync("verdicts.mjs", JsonSerializer.Serialize(verdicts.Select(verdict => Encoding.UTF8.GetString(VerdictJson.Write(verdict)))));
        Assert.Equal(answer.Split('\n'), verdicts.Select(verdict => $"{verdict.Digest()} {Sample.Requester.Address}"));
    }

    [Fact]
    public void Read_WrittenVerdict_IsTheSame()
    {
        SignedVerdict signed = Signed(Verdicts.Of(VerdictOutcome.Rejected));
        byte[] text = VerdictJson.Write(signed);
        Assert.Equal(signed, VerdictJson.Read(text));
        Assert.Null(signed.Fault());
        Assert.Throws<FormatException>(() => VerdictJson.Read((byte[])[.. text, (byte)' ']));
        Assert.Throws<FormatException>(() => VerdictJson.Read(text.AsMemory(0, text.Length - 1)));
        Assert.Throws<FormatException>(() => VerdictJson.Read("[]"u8.ToArray()));
        Assert.Throws<FormatException>(() => VerdictJson.Read(new byte[VerdictJson.LengthLimit + 1]));
    }

    public static TheoryData<string, Func<WorkVerdict, WorkVerdict>> Changes => new()
    {
        { "Verifier", v => v with { Verifier = Sample.Device.Address } },
        { "Seq", v => v with { Seq = 2, Previous = Keccak256.Of([9]) } },
        { "Device", v => v with { Device = Sample.Requester.Address } },
        { "Receipt", v => v with { Receipt = Keccak256.Of([9]) } },
        { "Checkpoint", v => v with { Checkpoint = Keccak256.Of([9]) } },
        { "Lot", v => v with { Lot = Keccak256.Of([9]) } },
        { "Frames", v => v with { Frames = 4 } },
        { "Outcome", v => v with { Outcome = VerdictOutcome.Accepted } },
        { "Check", v => v with { Check = "Motion" } },
        { "Reason", v => v with { Reason = "other" } },
        { "Engine", v => v with { Engine = "other" } },
        { "JudgedAt", v => v with { JudgedAt = v.JudgedAt + 1 } },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Fault_AnyFieldChanged_IsFound(string field, Func<WorkVerdict, WorkVerdict> change)
    {
        SignedVerdict signed = Signed(Verdicts.Of(VerdictOutcome.Rejected));
        Assert.True((signed with { Verdict = change(signed.Verdict) }).Fault()?.Contains("not signed by its verifier", StringComparison.Ordinal), field);
        Assert.NotNull((signed with { Domain = Sample.Domain with { ChainId = 1 } }).Fault());
    }

    public static TheoryData<string, Func<WorkVerdict, WorkVerdict>> Unsound => new()
    {
        { "nobody", v => v with { Device = default } },
        { "no number", v => v with { Seq = 0 } },
        { "too many", v => v with { Frames = (1UL << 53) + 1 } },
        { "outcome", v => v with { Outcome = (VerdictOutcome)4 } },
        { "quote", v => v with { Reason = "\"" } },
        { "control", v => v with { Check = "\n" } },
        { "long", v => v with { Reason = new string('x', WorkVerdict.ReasonLimit + 1) } },
        { "not chained", v => v with { Seq = 2 } },
        { "chained", v => v with { Previous = Keccak256.Of([1]) } },
    };

    [Theory]
    [MemberData(nameof(Unsound), DisableDiscoveryEnumeration = true)]
    public void Sign_FieldOutsideItsRange_IsRefused(string what, Func<WorkVerdict, WorkVerdict> change) =>
        Assert.True(Record.Exception(() => Signed(change(Verdicts.Of(VerdictOutcome.Rejected)))) is ArgumentException, what);

    [Fact]
    public void Sign_KeyOfAnother_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SignedVerdict.Sign(Verdicts.Of(VerdictOutcome.Rejected), Sample.Domain, Sample.Device));

    private static SignedVerdict Signed(WorkVerdict verdict) => SignedVerdict.Sign(verdict, Sample.Domain, Sample.Requester);
}
