using Rewards.Signing;

namespace Rewards.Settlement;

/// <summary>Something to be done on a chain, with a fee of its own (EIP-1559, type 2).</summary>
/// <param name="ChainId">Of the chain; the same bytes count on no other.</param>
/// <param name="Nonce">How many the sender has sent before.</param>
/// <param name="PriorityFee">The most for whoever takes it up, in wei a unit of gas.</param>
/// <param name="Fee">The most in all, in wei a unit of gas.</param>
/// <param name="GasLimit">Units of gas.</param>
/// <param name="To">Whom it calls; null where it makes a contract.</param>
/// <param name="Data">The call, or the contract to make.</param>
public sealed record ChainTransaction(
    ulong ChainId, ulong Nonce, UInt128 PriorityFee, UInt128 Fee, ulong GasLimit, EthereumAddress? To, ReadOnlyMemory<byte> Data)
{
    private const byte Type = 2;

    /// <summary>V of a signature counts from here; a transaction's parity from 0.</summary>
    private const int FirstV = 27;

    /// <summary>Signs it.</summary>
    /// <returns>What is sent to a node, and the hash it is known by.</returns>
    public (byte[] Raw, Hash256 Hash) Sign(DeviceKey sender)
    {
        byte[] signature = sender.Sign(Keccak256.Of(Unsigned().ToList(Type))).ToArray();
        byte[] raw = Unsigned()
            .Add((UInt128)(signature[64] - FirstV))
            .Add(signature.AsSpan(0, 32).TrimStart((byte)0))
            .Add(signature.AsSpan(32, 32).TrimStart((byte)0))
            .ToList(Type);
        return (raw, Keccak256.Of(raw));
    }

    /// <summary>Where the contract will be that a sender makes with his transaction of a nonce.</summary>
    public static EthereumAddress ContractAddress(EthereumAddress sender, ulong nonce)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        sender.CopyTo(bytes);
        Keccak256.Of(new RlpWriter().Add(bytes[..EthereumAddress.Length]).Add((UInt128)nonce).ToList()).CopyTo(bytes);
        return new(bytes[^EthereumAddress.Length..]);
    }

    /// <summary>The members in their order, without a signature: no value is sent, and no storage named beforehand.</summary>
    private RlpWriter Unsigned()
    {
        Span<byte> to = stackalloc byte[EthereumAddress.Length];
        To?.CopyTo(to);
        return new RlpWriter()
            .Add((UInt128)ChainId)
            .Add((UInt128)Nonce)
            .Add(PriorityFee)
            .Add(Fee)
            .Add((UInt128)GasLimit)
            .Add(To is null ? [] : to)
            .Add(UInt128.Zero)
            .Add(Data.Span)
            .AddEmptyList();
    }
}
