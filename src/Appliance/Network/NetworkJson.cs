using System.Text.Json.Serialization;

namespace Appliance.Network;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NetworkResponse))]
[JsonSerializable(typeof(NetworkRequest))]
[JsonSerializable(typeof(StoredNetwork))]
internal sealed partial class NetworkJson : JsonSerializerContext;
