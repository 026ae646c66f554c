using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>What a device says it did, and for whom. Signed by the device and countersigned by the requester over the same digest,
/// it binds source, recipe, bytes made, pixels and time: none can be changed later without both.</summary>
/// <param name="Device">Who did it, and signs.</param>
/// <param name="Requester">Who asked, and countersigns.</param>
/// <param name="JobId">What it belongs to, by the requester's own naming.</param>
/// <param name="Seq">1, 2, 3 … of the box, over all requesters, 1 to 2^53.</param>
/// <param name="SourceHash">SHA-256 of what identifies the source's bytes: see <see cref="ContentHashes.OfSource"/>.</param>
/// <param name="RecipeHash">SHA-256 of the recipe's canonical JSON (RFC 8785): see <see cref="ContentHashes.OfRecipe"/>.</param>
/// <param name="OutputsRoot">Root over what was made: see <see cref="ContentHashes.OfOutputs"/>.</param>
/// <param name="Pixels">Encoded, weighted, 0 to 2^53.</param>
/// <param name="InputPixels">Decoded, 0 to 2^53.</param>
/// <param name="StartedAt">Microseconds since 1970, up to 2^53.</param>
/// <param name="FinishedAt">Likewise, not before <paramref name="StartedAt"/>.</param>
/// <param name="Previous">Digest of the receipt with the number before; 0 in the first.</param>
public sealed record WorkReceipt(
    EthereumAddress Device,
    EthereumAddress Requester,
    Hash256 JobId,
    ulong Seq,
    Hash256 SourceHash,
    Hash256 RecipeHash,
    Hash256 OutputsRoot,
    ulong Pixels,
    ulong InputPixels,
    ulong StartedAt,
    ulong FinishedAt,
    Hash256 Previous)
{
    /// <summary>No number passes 2^53: exact in every reader's numbers, JavaScript's included.</summary>
    public const ulong CountLimit = 1UL << 53;

    private const int Members = 12;

    private static readonly Hash256 TypeHash = TypedDataWriter.TypeHash(
        "WorkReceipt(address device,address requester,bytes32 jobId,uint64 seq,bytes32 sourceHash,bytes32 recipeHash,bytes32 outputsRoot,"
        + "uint64 pixels,uint64 inputPixels,uint64 startedAt,uint64 finishedAt,bytes32 previous)");

    /// <summary>Did the device make it out to itself, because nobody asked for the work?</summary>
    public bool IsOwn => Requester == Device;

    /// <summary>The receipt of a metered record: a function of its arguments alone, so that a crash before it was kept does no harm.</summary>
    /// <param name="record">What was metered; its number is the receipt's.</param>
    /// <param name="device">Who did it.</param>
    /// <param name="requester">Who asked; the device itself where nobody did.</param>
    /// <param name="jobId">What it belongs to; 0 where nobody asked.</param>
    /// <param name="previous">Digest of the receipt of the record before; 0 for the first.</param>
    public static WorkReceipt Of(WorkRecord record, EthereumAddress device, EthereumAddress requester, Hash256 jobId, Hash256 previous)
    {
        WorkMeasurement work = record.Work;
        long startedAt = Microseconds.Of(work.StartedAt);
        return new(
            device,
            requester,
            jobId,
            (ulong)record.Sequence,
            ContentHashes.OfSource(work.SourceFingerprint),
            Hash256.Parse(work.RecipeId),
            ContentHashes.OfOutputs([ContentHashes.OfPiece(Hash256.Parse(work.OutputSha256))]),
            Pixels: (ulong)record.WeightedPixels,
            InputPixels: (ulong)work.PixelsIn,
            StartedAt: (ulong)startedAt,
            FinishedAt: (ulong)(startedAt + work.ElapsedMicroseconds),
            previous);
    }

    /// <summary>What device and requester sign (EIP-712).</summary>
    public Hash256 Digest(SigningDomain domain)
    {
        var writer = new TypedDataWriter(stackalloc byte[(1 + Members) * Hash256.Length], TypeHash);
        writer.Add(Device);
        writer.Add(Requester);
        writer.Add(JobId);
        writer.Add(Seq);
        writer.Add(SourceHash);
        writer.Add(RecipeHash);
        writer.Add(OutputsRoot);
        writer.Add(Pixels);
        writer.Add(InputPixels);
        writer.Add(StartedAt);
        writer.Add(FinishedAt);
        writer.Add(Previous);
        return TypedDataWriter.Digest(domain.Separator(), writer.Finish());
    }

    /// <exception cref="ArgumentException">A field is outside its range; the message names every such field.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Device != EthereumAddress.Zero, nameof(Device), "somebody");
        Require(Requester != EthereumAddress.Zero, nameof(Requester), "somebody");
        Require(Seq is >= 1 and <= CountLimit, nameof(Seq), "1 to 2^53");
        Require(Pixels <= CountLimit, nameof(Pixels), "0 to 2^53");
        Require(InputPixels <= CountLimit, nameof(InputPixels), "0 to 2^53");
        Require(StartedAt <= FinishedAt, nameof(StartedAt), $"at most {nameof(FinishedAt)}");
        Require(FinishedAt <= CountLimit, nameof(FinishedAt), "0 to 2^53");
        Require((Seq == 1) == (Previous == Hash256.Zero), nameof(Previous), "0 in the first receipt, and in no other");
        if (faults.Count > 0)
        {
            throw new ArgumentException("A receipt is not sound: " + string.Join("; ", faults) + ".");
        }

        void Require(bool holds, string field, string range)
        {
            if (!holds)
            {
                faults.Add($"{field} must be {range}");
            }
        }
    }
}
