using System.Text.Json.Serialization;

namespace Appliance.Steering;

[JsonSerializable(typeof(SteeringAnswer))]
internal sealed partial class SteeringJson : JsonSerializerContext;
