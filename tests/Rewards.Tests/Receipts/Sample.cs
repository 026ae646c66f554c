using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Tests.Receipts;

/// <summary>Receipts as the tests bring them.</summary>
internal static class Sample
{
    public static readonly SigningDomain Domain = new("Appliance", "1", 31337, EthereumAddress.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3"));

    public static readonly DeviceKey Device = DeviceKey.FromSecret(Keccak256.Of("device"u8).ToArray());

    public static readonly DeviceKey Requester = DeviceKey.FromSecret(Keccak256.Of("requester"u8).ToArray());

    public static WorkReceipt Receipt(ulong seq, Hash256 previous) => new(
        Device.Address,
        Requester.Address,
        Keccak256.Of([1, (byte)seq]),
        seq,
        Keccak256.Of([2]),
        ContentHashes.OfRecipe("{\"codec\":\"h264\"}"u8),
        Keccak256.Of([3, (byte)seq]),
        Pixels: 44_236_800 * seq,
        InputPixels: WorkReceipt.CountLimit,
        StartedAt: 1_700_000_000_000_000 + (seq * 1_000_000),
        FinishedAt: 1_700_000_000_400_000 + (seq * 1_000_000),
        previous);

    public static SignedReceipt Signed(ulong seq, Hash256 previous) =>
        SignedReceipt.Sign(Receipt(seq, previous), Domain, Device).Countersign(Requester);

    /// <summary>Signed by the device alone, as they are when they are made.</summary>
    public static List<SignedReceipt> Issued(int count) => [.. Chain(count).Select(receipt => SignedReceipt.Sign(receipt, Domain, Device))];

    /// <summary>Each names the one before it.</summary>
    public static List<WorkReceipt> Chain(int count)
    {
        List<WorkReceipt> chain = [];
        for (int i = 1; i <= count; i++)
        {
            chain.Add(Receipt((ulong)i, i == 1 ? Hash256.Zero : chain[^1].Digest(Domain)));
        }

        return chain;
    }
}
