using System.Text.Json.Serialization;

namespace Appliance.Live;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveHint))]
internal sealed partial class LiveJson : JsonSerializerContext;
