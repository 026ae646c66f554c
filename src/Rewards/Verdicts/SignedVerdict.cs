using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>A verdict with its signature.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Domain">Where the receipt counts that it is about.</param>
/// <param name="Signature">Of the verifier, over the digest.</param>
public sealed record SignedVerdict(WorkVerdict Verdict, SigningDomain Domain, RecoverableSignature Signature)
{
    /// <param name="verdict">Of the owner of <paramref name="verifier"/>.</param>
    /// <param name="domain">Where the receipt counts that it is about.</param>
    /// <param name="verifier">Signs.</param>
    /// <exception cref="ArgumentException">A field is outside its range, or the verifier is another.</exception>
    public static SignedVerdict Sign(WorkVerdict verdict, SigningDomain domain, DeviceKey verifier)
    {
        domain.Validate();
        return verdict.Fault() is { } fault ? throw new ArgumentException(fault, nameof(verdict))
            : verdict.Verifier != verifier.Address ? throw new ArgumentException($"The verdict is by {verdict.Verifier}, and the key is {verifier.Address}'s.", nameof(verifier))
            : new(verdict, domain, verifier.Sign(verdict.Digest(domain)));
    }

    public Hash256 Digest() => Verdict.Digest(Domain);

    /// <summary>What first does not hold, for people; null where all does.</summary>
    public string? Fault() =>
        Verdict.Fault() is { } fault ? fault
        : Signature.Signer(Digest()) != Verdict.Verifier ? $"It is not signed by its verifier, {Verdict.Verifier}."
        : null;
}
