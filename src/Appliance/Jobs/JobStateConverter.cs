using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.Jobs;

/// <summary>States by their names in lower case, as sources' states are told.</summary>
internal sealed class JobStateConverter() : JsonStringEnumConverter<JobState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
