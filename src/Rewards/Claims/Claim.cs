using System.Buffers.Binary;
using Rewards.Signing;

namespace Rewards.Claims;

/// <summary>What an account may have been paid in all, from the beginning: paying it twice pays nothing more, and a missed epoch
/// loses nothing.</summary>
/// <param name="Account">Who is paid.</param>
/// <param name="Cumulative">In the token's smallest unit, up to 2^128 − 1 (the contract's uint256 has room for more).</param>
public readonly record struct Claim(EthereumAddress Account, UInt128 Cumulative)
{
    private const int WordLength = 32;

    /// <summary>keccak256(keccak256(abi.encode(account, cumulative))): hashed twice, so that no node of a tree passes for a leaf.</summary>
    public Hash256 Leaf()
    {
        Span<byte> encoded = stackalloc byte[2 * WordLength];
        encoded.Clear();
        Account.CopyTo(encoded[(WordLength - EthereumAddress.Length)..]);
        BinaryPrimitives.WriteUInt128BigEndian(encoded[(WordLength + 16)..], Cumulative);
        Keccak256.Of(encoded).CopyTo(encoded);
        return Keccak256.Of(encoded[..WordLength]);
    }
}
