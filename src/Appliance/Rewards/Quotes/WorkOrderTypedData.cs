using global::Rewards.Signing;

namespace Appliance.Rewards.Quotes;

/// <summary>A work order as wallets are asked to sign it (EIP-712, <c>eth_signTypedData_v4</c>).</summary>
internal sealed record WorkOrderTypedData(
    IReadOnlyDictionary<string, IReadOnlyList<TypedDataMember>> Types, string PrimaryType, TypedDataDomain Domain, IReadOnlyDictionary<string, string> Message)
{
    public static WorkOrderTypedData Of(Hash256 quote, SigningDomain domain) => new(
        new Dictionary<string, IReadOnlyList<TypedDataMember>>
        {
            ["EIP712Domain"] = [new("name", "string"), new("version", "string"), new("chainId", "uint256"), new("verifyingContract", "address")],
            ["WorkOrder"] = [new("quote", "bytes32")],
        },
        "WorkOrder",
        new(domain.Name, domain.Version, domain.ChainId, domain.VerifyingContract.ToString()),
        new Dictionary<string, string> { ["quote"] = quote.ToString() });
}

/// <summary>A member of a type.</summary>
internal sealed record TypedDataMember(string Name, string Type);

/// <summary>Where a signature counts.</summary>
internal sealed record TypedDataDomain(string Name, string Version, ulong ChainId, string VerifyingContract);
