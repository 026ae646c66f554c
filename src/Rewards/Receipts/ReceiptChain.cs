using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>Follows a box's receipts in order, and says of each whether one is missing before it. Not thread-safe.</summary>
/// <param name="devices">The box's device keys, the first one first: a receipt is by the same key as the one before it, or by a later one.</param>
/// <param name="overtaking">How much earlier than the one before it a receipt's work may have ended: work that runs side by side
/// is numbered as it is recorded.</param>
public sealed class ReceiptChain(IReadOnlyList<EthereumAddress> devices, TimeSpan overtaking)
{
    private WorkReceipt? _last;
    private Hash256 _head;
    private int _device;

    /// <summary>Number of the last receipt; 0 before the first.</summary>
    public ulong LastSeq => _last?.Seq ?? 0;

    /// <summary>Digest of the last receipt, which the next must name; 0 before the first.</summary>
    public Hash256 Head => _head;

    /// <summary>Takes the next receipt. One that does not follow is taken too where it has a later number, so that all gaps of a
    /// chain are found; any other leaves the chain where it was.</summary>
    /// <param name="receipt">What was signed.</param>
    /// <param name="digest">Of it, for the chain and contract it counts on: a box that is paid by another contract goes on in one chain.</param>
    public ReceiptStep Add(WorkReceipt receipt, Hash256 digest)
    {
        if (receipt.Seq <= LastSeq)
        {
            return receipt.Seq == LastSeq && digest == _head
                ? new(ReceiptStepKind.Repeats, 0, 0, $"Receipt {receipt.Seq} is there twice.")
                : new(ReceiptStepKind.NumberUsedAgain, 0, 0, $"The number {receipt.Seq} was given before: the last was {LastSeq}.");
        }

        ReceiptStep step = Judge(receipt);
        _last = receipt;
        _head = digest;
        _device = Math.Max(_device, IndexOf(receipt.Device));
        return step;
    }

    private ReceiptStep Judge(WorkReceipt receipt)
    {
        ulong expected = LastSeq + 1;
        if (IndexOf(receipt.Device) < _device)
        {
            return new(ReceiptStepKind.OtherDevice, 0, 0, $"Receipt {receipt.Seq} is by {receipt.Device}, which does not sign for this box, or no longer.");
        }

        if (receipt.Seq != expected)
        {
            string missing = expected == receipt.Seq - 1 ? $"Receipt {expected} is" : $"Receipts {expected} to {receipt.Seq - 1} are";
            return new(ReceiptStepKind.Gap, expected, receipt.Seq - 1, $"{missing} missing.");
        }

        if (receipt.Previous != _head)
        {
            return new(ReceiptStepKind.OtherPast, 0, 0, $"Receipt {receipt.Seq} follows {receipt.Previous}, and the one before it is {_head}.");
        }

        ulong late = (ulong)(overtaking.Ticks / TimeSpan.TicksPerMicrosecond);
        return _last is not null && receipt.FinishedAt + late < _last.FinishedAt
            ? new(ReceiptStepKind.ClockSetBack, 0, 0, $"Receipt {receipt.Seq} ended {_last.FinishedAt - receipt.FinishedAt} µs before the one before it.")
            : new(ReceiptStepKind.Follows, 0, 0, "");
    }

    private int IndexOf(EthereumAddress device)
    {
        for (int i = 0; i < devices.Count; i++)
        {
            if (devices[i] == device)
            {
                return i;
            }
        }

        return -1;
    }
}
