using System.Text.Json.Serialization;

namespace Rewards.Metering;

/// <summary>JSON of the published data, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WeightTable))]
internal sealed partial class MeteringJson : JsonSerializerContext;
