using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>What somebody found who looked at the work behind a receipt. Signed by who looked, and chained, so that nobody can leave out one that he does not
/// like any more.</summary>
/// <param name="Verifier">Who looked, and signs.</param>
/// <param name="Seq">1, 2, 3 … of the verifier, over all boxes, 1 to 2^53.</param>
/// <param name="Device">Whose work it is.</param>
/// <param name="Receipt">Digest of the receipt that is for it.</param>
/// <param name="Checkpoint">SHA-256 of the signed checkpoint that has the receipt.</param>
/// <param name="Lot">What the verifier drew by lot when he had the bytes: with receipt and checkpoint it says which pictures were looked at.</param>
/// <param name="Frames">How many were drawn, 0 where it was compared by bytes.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Check">The check that decided, as <c>Likeness</c>; may be empty. Up to <see cref="CheckLimit"/> plain characters.</param>
/// <param name="Reason">For people. Up to <see cref="ReasonLimit"/> plain characters.</param>
/// <param name="Engine">The build that looked. Up to <see cref="EngineLimit"/> plain characters.</param>
/// <param name="JudgedAt">Microseconds since 1970, up to 2^53.</param>
/// <param name="Previous">Digest of the verifier's verdict before; 0 in the first.</param>
public sealed record WorkVerdict(
    EthereumAddress Verifier,
    ulong Seq,
    EthereumAddress Device,
    Hash256 Receipt,
    Hash256 Checkpoint,
    Hash256 Lot,
    ulong Frames,
    VerdictOutcome Outcome,
    string Check,
    string Reason,
    string Engine,
    ulong JudgedAt,
    Hash256 Previous)
{
    public const int CheckLimit = 64;

    public const int ReasonLimit = 512;

    public const int EngineLimit = 512;

    /// <summary>No number passes 2^53: exact in every reader's numbers, JavaScript's included.</summary>
    private const ulong CountLimit = 1UL << 53;

    private const int Members = 13;

    private static readonly Hash256 TypeHash = TypedDataWriter.TypeHash(
        "WorkVerdict(address verifier,uint64 seq,address device,bytes32 receipt,bytes32 checkpoint,bytes32 lot,uint64 frames,uint8 outcome,"
        + "string check,string reason,string engine,uint64 judgedAt,bytes32 previous)");

    /// <summary>What the verifier signs (EIP-712).</summary>
    public Hash256 Digest(SigningDomain domain)
    {
        var writer = new TypedDataWriter(stackalloc byte[(1 + Members) * Hash256.Length], TypeHash);
        writer.Add(Verifier);
        writer.Add(Seq);
        writer.Add(Device);
        writer.Add(Receipt);
        writer.Add(Checkpoint);
        writer.Add(Lot);
        writer.Add(Frames);
        writer.Add((ulong)Outcome);
        writer.Add(Check);
        writer.Add(Reason);
        writer.Add(Engine);
        writer.Add(JudgedAt);
        writer.Add(Previous);
        return TypedDataWriter.Digest(domain.Separator(), writer.Finish());
    }

    /// <summary>What first is outside its range, for people; null where nothing is.</summary>
    public string? Fault() =>
        Verifier == EthereumAddress.Zero || Device == EthereumAddress.Zero ? "A verdict is by somebody, on somebody's work."
        : Seq is < 1 or > CountLimit || Frames > CountLimit || JudgedAt > CountLimit ? "A verdict's numbers go up to 2^53, and the first is number 1."
        : !Enum.IsDefined(Outcome) ? $"There is no outcome {(int)Outcome}."
        : !PlainText.IsPlain(Check, 0, CheckLimit) || !PlainText.IsPlain(Reason, 0, ReasonLimit) || !PlainText.IsPlain(Engine, 0, EngineLimit)
            ? "A verdict's check, reason and engine are printable ASCII without quote and backslash, and not too long."
        : Seq == 1 != (Previous == Hash256.Zero) ? "A verdict names the one before it, and the first names none."
        : null;
}
