namespace Rewards.Signing;

/// <summary>What the log and the ledger know of the keys, apart from the folder that holds them: without it, a folder that was
/// removed as a whole would look like a first start.</summary>
/// <param name="Device">Who signed the newest receipt; null where none was ever signed.</param>
/// <param name="Log">Who signed the log's checkpoint, 32 bytes; empty where there is no log yet.</param>
public sealed record KeyExpectation(EthereumAddress? Device, ReadOnlyMemory<byte> Log)
{
    /// <summary>Nothing was ever signed.</summary>
    public static KeyExpectation None { get; } = new(null, ReadOnlyMemory<byte>.Empty);

    /// <summary>Something was signed before, by whomever: then keys that are not there are lost.</summary>
    public bool SignedBefore { get; init; } = Device is not null || !Log.IsEmpty;
}
