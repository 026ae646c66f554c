using System.Text.Json.Serialization;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Recipes;

/// <summary>The engine's JSON, generated at build time: no reflection, so that the engine trims and compiles ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Recipe))]
[JsonSerializable(typeof(SourceDescription))]
[JsonSerializable(typeof(WorkOrder))]
[JsonSerializable(typeof(WorkReport))]
[JsonSerializable(typeof(TuningReport))]
[JsonSerializable(typeof(WorkFailure))]
[JsonSerializable(typeof(EngineIdentity))]
public sealed partial class EngineJson : JsonSerializerContext;
