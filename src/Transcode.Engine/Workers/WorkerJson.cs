using System.Text.Json.Serialization;

namespace Transcode.Engine.Workers;

/// <summary>JSON of what only worker and pool say to each other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkerHello))]
internal sealed partial class WorkerJson : JsonSerializerContext;
