using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>A receipt with its signatures. Without the requester's it is only what the device says.</summary>
/// <param name="Receipt">What was done.</param>
/// <param name="Domain">Where it counts.</param>
/// <param name="DeviceSignature">Over the digest.</param>
/// <param name="RequesterSignature">Over the same digest; null as long as the requester has not signed.</param>
public sealed record SignedReceipt(
    WorkReceipt Receipt, SigningDomain Domain, RecoverableSignature DeviceSignature, RecoverableSignature? RequesterSignature)
{
    /// <param name="receipt">What was done by the owner of <paramref name="device"/>.</param>
    /// <param name="domain">Where it counts.</param>
    /// <param name="device">Signs.</param>
    /// <exception cref="ArgumentException">A field is outside its range, or the device is another.</exception>
    public static SignedReceipt Sign(WorkReceipt receipt, SigningDomain domain, DeviceKey device)
    {
        receipt.Validate();
        domain.Validate();
        return receipt.Device == device.Address
            ? new(receipt, domain, device.Sign(receipt.Digest(domain)), null)
            : throw new ArgumentException($"The receipt is of {receipt.Device}, and the key is {device.Address}'s.", nameof(device));
    }

    /// <summary>What both sign.</summary>
    public Hash256 Digest() => Receipt.Digest(Domain);

    /// <param name="requester">The requester's key.</param>
    /// <exception cref="ArgumentException">It is another's.</exception>
    public SignedReceipt Countersign(DeviceKey requester) => WithCountersignature(requester.Sign(Digest()));

    /// <param name="signature">As it came from the requester.</param>
    /// <exception cref="ArgumentException">It is another's, or over something else.</exception>
    public SignedReceipt WithCountersignature(RecoverableSignature signature) => signature.Signer(Digest()) == Receipt.Requester
        ? this with { RequesterSignature = signature }
        : throw new ArgumentException($"The countersignature is not that of the requester, {Receipt.Requester}, over this receipt.", nameof(signature));

    /// <summary>What first does not hold, for people; null where all does. A receipt that nobody countersigned yet holds.</summary>
    public string? Fault()
    {
        try
        {
            Receipt.Validate();
            Domain.Validate();
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }

        Hash256 digest = Digest();
        return DeviceSignature.Signer(digest) != Receipt.Device ? $"It is not signed by its device, {Receipt.Device}."
            : RequesterSignature is not null && RequesterSignature.Signer(digest) != Receipt.Requester
                ? $"It is not countersigned by its requester, {Receipt.Requester}."
            : null;
    }
}
