using System.Text.Json.Serialization;

namespace Transcode.Engine.Hardware;

/// <summary>JSON of what is found, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PathResult))]
[JsonSerializable(typeof(IReadOnlyList<CodingPath>))]
[JsonSerializable(typeof(BoxIdentity))]
public sealed partial class HardwareJson : JsonSerializerContext;
