using System.Text.Json.Serialization;

namespace Appliance.Activity;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ActivityResponse))]
internal sealed partial class ActivityJson : JsonSerializerContext;
