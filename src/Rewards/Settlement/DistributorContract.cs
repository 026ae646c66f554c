using System.Buffers.Binary;
using System.Text.Json;
using Rewards.Claims;
using Rewards.Signing;

namespace Rewards.Settlement;

/// <summary>Calls of <c>contracts/WorkDistributor.sol</c>, and what it answers.</summary>
public static class DistributorContract
{
    private const string ArtifactName = "WorkDistributor.json";

    private const int WordLength = 32;

    /// <summary>What it refuses with, and what that means to whoever called.</summary>
    private static readonly (string Error, string Meaning)[] Errors =
    [
        ("WrongEpoch(uint64)", "The epoch that would follow has another number."),
        ("EpochTooShort(uint256)", "The epoch may be closed only later."),
        ("LogShrank(uint64)", "The log was larger before."),
        ("NoRoot()", "A root of zero is no root."),
        ("StaleRoot(bytes32)", "The claim is for a root that is not current: claim under the current one."),
        ("WrongProof()", "The current root holds no such claim."),
        ("NothingOwed()", "The account has been paid all of it."),
        ("EpochCapReached()", "In this epoch nothing more is paid; the claim holds in the next."),
        ("EnforcedPause()", "Payments are paused."),
        ("ExpectedPause()", "Payments are not paused."),
        ("OwnableUnauthorizedAccount(address)", "Only the contract's owner may do this."),
        ("ERC20InsufficientBalance(address,uint256,uint256)", "The contract does not hold enough of the token."),
    ];

    /// <summary>What makes the contract.</summary>
    /// <param name="token">What is paid with.</param>
    /// <param name="owner">Who closes epochs.</param>
    /// <param name="epochCap">The most that is paid in an epoch, in the token's smallest unit.</param>
    /// <param name="epochSeconds">The least length of an epoch.</param>
    public static byte[] Deployment(EthereumAddress token, EthereumAddress owner, UInt128 epochCap, ulong epochSeconds) =>
        [.. Bytecode(), .. new CallWriter("").Add(token).Add(owner).Add(epochCap).Add((UInt128)epochSeconds).ToArray()];

    /// <summary>Publishes an epoch.</summary>
    public static byte[] CloseEpoch(EpochRecord record) => new CallWriter("closeEpoch(uint64,bytes32,bytes32,uint64)")
        .Add((UInt128)record.Epoch).Add(record.Root).Add(record.LogRoot).Add((UInt128)record.LogSize).ToArray();

    /// <summary>Claims under the current root.</summary>
    public static byte[] Claim(Claim claim, Hash256 root, IReadOnlyList<Hash256> proof) => new CallWriter("claim(address,uint256,bytes32,bytes32[])")
        .Add(claim.Account).Add(claim.Cumulative).Add(root).AddLast(proof, 4).ToArray();

    public static byte[] Pause() => new CallWriter("pause()").ToArray();

    public static byte[] Unpause() => new CallWriter("unpause()").ToArray();

    /// <summary>Asks what an account was paid in all; the answer is a number.</summary>
    public static byte[] Paid(EthereumAddress account) => new CallWriter("paid(address)").Add(account).ToArray();

    /// <summary>Asks for the current epoch; the answer is a number.</summary>
    public static byte[] Epoch() => new CallWriter("epoch()").ToArray();

    /// <summary>Asks for the current root; the answer is a hash.</summary>
    public static byte[] Root() => new CallWriter("root()").ToArray();

    /// <param name="answer">Of a call that answers with a number.</param>
    /// <exception cref="FormatException">It is none, or beyond 2^128.</exception>
    public static UInt128 ReadNumber(ReadOnlySpan<byte> answer) => answer.Length == WordLength && !answer[..16].ContainsAnyExcept((byte)0)
        ? BinaryPrimitives.ReadUInt128BigEndian(answer[16..])
        : throw new FormatException("The contract's answer is no number of 128 bits.");

    /// <param name="answer">Of a call that answers with a hash.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Hash256 ReadHash(ReadOnlySpan<byte> answer) =>
        answer.Length == WordLength ? new(answer) : throw new FormatException("The contract's answer is no hash.");

    /// <summary>Why it refused, for people; null where it says nothing that is known.</summary>
    /// <param name="revert">What came with the refusal.</param>
    public static string? WhyRefused(ReadOnlySpan<byte> revert)
    {
        foreach ((string error, string meaning) in Errors)
        {
            if (revert.StartsWith(CallWriter.Selector(error)))
            {
                return meaning;
            }
        }

        return null;
    }

    private static byte[] Bytecode()
    {
        using Stream resource = typeof(DistributorContract).Assembly.GetManifestResourceStream(ArtifactName)!;
        using JsonDocument artifact = JsonDocument.Parse(resource);
        return Convert.FromHexString(artifact.RootElement.GetProperty("bytecode").GetString().AsSpan(2));
    }
}
