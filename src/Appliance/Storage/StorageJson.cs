using System.Text.Json.Serialization;

namespace Appliance.Storage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StorageResponse))]
[JsonSerializable(typeof(CacheCleared))]
internal sealed partial class StorageJson : JsonSerializerContext;
