using System.Text.Json.Serialization;
using Appliance.Sources.Remote;
using Appliance.Sources.Watching;

namespace Appliance.Sources;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SourceListResponse))]
[JsonSerializable(typeof(SourceDetailResponse))]
[JsonSerializable(typeof(AddSourceRequest))]
[JsonSerializable(typeof(AddSourceResponse))]
[JsonSerializable(typeof(LibraryFile))]
[JsonSerializable(typeof(RemoteFilmFile))]
[JsonSerializable(typeof(LibraryResponse))]
internal sealed partial class SourcesJson : JsonSerializerContext;
