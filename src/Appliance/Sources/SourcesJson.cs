using System.Text.Json.Serialization;

namespace Appliance.Sources;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SourceListResponse))]
[JsonSerializable(typeof(SourceDetailResponse))]
[JsonSerializable(typeof(AddSourceRequest))]
[JsonSerializable(typeof(AddSourceResponse))]
internal sealed partial class SourcesJson : JsonSerializerContext;
