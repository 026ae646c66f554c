using System.Diagnostics;
using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Bench;

/// <summary>What signing and checking receipts costs, on one core, and keeping them on a disk.</summary>
internal static class ReceiptFigures
{
    private const int Count = 2000;
    private const int Rounds = 5;

    public static async Task PrintAsync()
    {
        using DeviceKey device = DeviceKey.Create();
        using DeviceKey requester = DeviceKey.Create();
        var domain = new SigningDomain("Appliance", "1", 1, device.Address);
        WorkReceipt[] receipts = [.. Enumerable.Range(1, Count).Select(i => new WorkReceipt(
            device.Address, requester.Address, default, (ulong)i, default, default, default, 1, 1, 1, 2,
            i == 1 ? Hash256.Zero : ContentHashes.OfRecipe(BitConverter.GetBytes(i))))];
        SignedReceipt[] signed = [.. receipts.Select(receipt => SignedReceipt.Sign(receipt, domain, device).Countersign(requester))];
        byte[][] texts = [.. signed.Select(ReceiptJson.Write)];

        Table.Head("receipts, on one core");
        Row("signed", () => Array.ForEach(receipts, receipt => SignedReceipt.Sign(receipt, domain, device)));
        Row("checked: both signatures", () => Array.ForEach(signed, receipt => Require(receipt.Fault() is null)));
        Row("read from text", () => Array.ForEach(texts, text => ReceiptJson.Read(text)));
        await KeepAsync(Chain(receipts, domain, device), 1);
        await KeepAsync(Chain(receipts, domain, device), 64);
    }

    /// <summary>Each names the one before it.</summary>
    private static SignedReceipt[] Chain(WorkReceipt[] receipts, SigningDomain domain, DeviceKey device)
    {
        var chain = new SignedReceipt[receipts.Length];
        for (int i = 0; i < chain.Length; i++)
        {
            chain[i] = SignedReceipt.Sign(receipts[i] with { Previous = i == 0 ? Hash256.Zero : chain[i - 1].Digest() }, domain, device);
        }

        return chain;
    }

    private static async Task KeepAsync(SignedReceipt[] chain, int atOnce)
    {
        using var folder = new DiskFolder();
        await using ReceiptStore store = ReceiptStore.Open(Path.Combine(folder.Path, "receipts.db"), new ReceiptStoreOptions(), TimeProvider.System);
        var watch = Stopwatch.StartNew();
        foreach (SignedReceipt[] some in chain.Chunk(atOnce))
        {
            ReceiptOutcome[] outcomes = await Task.WhenAll(some.Select(receipt => store.AppendAsync(receipt)));
            Require(outcomes.All(outcome => outcome == ReceiptOutcome.Done));
        }

        Table.Row($"appended durably, {atOnce} at a time", chain.Length / watch.Elapsed.TotalSeconds, "/s");
    }

    private static void Row(string what, Action work) => Table.Row(what, Count / Table.Milliseconds(Rounds, work) * 1000, "/s");

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A receipt does not hold.");
        }
    }
}
