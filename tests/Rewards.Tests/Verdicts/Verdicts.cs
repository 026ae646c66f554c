using Rewards.Signing;
using Rewards.Tests.Receipts;
using Rewards.Verdicts;

namespace Rewards.Tests.Verdicts;

/// <summary>Verdicts as the tests bring them.</summary>
internal static class Verdicts
{
    /// <summary>The first of the requester, on the device's work.</summary>
    public static WorkVerdict Of(VerdictOutcome outcome, int receipt = 1) => new(
        Sample.Requester.Address,
        Seq: 1,
        Sample.Device.Address,
        Keccak256.Of(BitConverter.GetBytes(receipt)),
        Keccak256.Of("checkpoint"u8),
        Keccak256.Of("lot"u8),
        Frames: 3,
        outcome,
        Check: "Likeness",
        Reason: "Picture 7 is 5.1 dB further from the original than our own encoder's; 3.5 dB are allowed.",
        Engine: "appliance-engine/1.0.0 (libavcodec 59)",
        JudgedAt: 1_700_000_000_000_000,
        Previous: Hash256.Zero);
}
