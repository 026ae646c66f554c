using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.Bench;

/// <summary>What signing and checking receipts costs, on one core.</summary>
internal static class ReceiptFigures
{
    private const int Count = 2000;
    private const int Rounds = 5;

    public static void Print()
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
