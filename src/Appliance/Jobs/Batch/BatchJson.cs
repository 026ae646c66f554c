using System.Text.Json.Serialization;

namespace Appliance.Jobs.Batch;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JobSheet))]
internal sealed partial class BatchJson : JsonSerializerContext;
