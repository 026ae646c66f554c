using System.Text.Json.Serialization;

namespace Appliance.Settings;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SettingsResponse))]
[JsonSerializable(typeof(SettingLines))]
internal sealed partial class SettingsJson : JsonSerializerContext;
