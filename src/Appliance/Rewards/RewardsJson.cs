using System.Text.Json.Serialization;

namespace Appliance.Rewards;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WorkRecordsResponse))]
[JsonSerializable(typeof(WorkTotalsResponse))]
internal sealed partial class RewardsJson : JsonSerializerContext;
