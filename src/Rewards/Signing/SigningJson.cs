using System.Text.Json.Serialization;

namespace Rewards.Signing;

/// <summary>JSON of keys' identities, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyIdentity))]
internal sealed partial class SigningJson : JsonSerializerContext;
