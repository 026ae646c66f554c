using System.Text.Json.Serialization;

namespace Appliance.Jobs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(JobListResponse))]
[JsonSerializable(typeof(CreateJobRequest))]
internal sealed partial class JobsJson : JsonSerializerContext;
