using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.Webhooks;

/// <summary>States by their names in lower case, as those of jobs are told.</summary>
internal sealed class HookMessageStateConverter() : JsonStringEnumConverter<HookMessageState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
