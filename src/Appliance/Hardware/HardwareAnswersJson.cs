using System.Text.Json.Serialization;

namespace Appliance.Hardware;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HardwareResponse))]
[JsonSerializable(typeof(StoredHardware))]
internal sealed partial class HardwareAnswersJson : JsonSerializerContext;
