using System.Text.Json.Serialization;

namespace Appliance.Watching;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WatchingFile))]
[JsonSerializable(typeof(WatchingRequest))]
[JsonSerializable(typeof(WatchingResponse))]
internal sealed partial class WatchingJson : JsonSerializerContext;
