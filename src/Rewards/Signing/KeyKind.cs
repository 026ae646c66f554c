using System.Text.Json.Serialization;

namespace Rewards.Signing;

/// <summary>What a key of the box is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyKind>))]
public enum KeyKind
{
    /// <summary>secp256k1: signs receipts. Known by its address.</summary>
    [JsonStringEnumMemberName("device")]
    Device,

    /// <summary>Ed25519: signs the log's checkpoints. Known by its public key.</summary>
    [JsonStringEnumMemberName("log")]
    Log,
}
