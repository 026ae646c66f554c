namespace Rewards.Signing;

/// <summary>Where a signature counts (EIP-712): the same receipt for another chain or contract has another digest.</summary>
/// <param name="Name">Of what signs, as <c>Appliance</c>; 1 to 64 printable ASCII characters, without quote and backslash.</param>
/// <param name="Version">Of the receipts' form; 1 to 16 such characters.</param>
/// <param name="ChainId">The chain that pays, 1 to 2^53.</param>
/// <param name="VerifyingContract">The contract that pays.</param>
public sealed record SigningDomain(string Name, string Version, ulong ChainId, EthereumAddress VerifyingContract)
{
    private const int LongestName = 64;
    private const int LongestVersion = 16;

    /// <summary>Exact in every reader's numbers, JavaScript's included.</summary>
    private const ulong LargestChainId = 1UL << 53;

    private static readonly Hash256 TypeHash =
        TypedDataWriter.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    /// <summary>hashStruct of the domain.</summary>
    public Hash256 Separator()
    {
        var writer = new TypedDataWriter(stackalloc byte[5 * Hash256.Length], TypeHash);
        writer.Add(Name);
        writer.Add(Version);
        writer.Add(ChainId);
        writer.Add(VerifyingContract);
        return writer.Finish();
    }

    /// <exception cref="ArgumentException">A field is outside its range; the message names every such field.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (!PlainText.IsPlain(Name, 1, LongestName))
        {
            faults.Add($"{nameof(Name)} must be 1 to {LongestName} printable ASCII characters, without quote and backslash");
        }

        if (!PlainText.IsPlain(Version, 1, LongestVersion))
        {
            faults.Add($"{nameof(Version)} must be 1 to {LongestVersion} printable ASCII characters, without quote and backslash");
        }

        if (ChainId is < 1 or > LargestChainId)
        {
            faults.Add($"{nameof(ChainId)} must be 1 to 2^53");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException("A signing domain is not sound: " + string.Join("; ", faults) + ".");
        }
    }
}
