using System.Text.Json.Serialization;

namespace Appliance.Uploads;

/// <summary>What is written down of an upload when it begins.</summary>
/// <param name="Title">For people.</param>
/// <param name="Length">In bytes, at least 1.</param>
/// <param name="Metadata">As the client gave it, and is told again.</param>
internal sealed record UploadRecord(string Title, long Length, string? Metadata);

/// <summary>Uploads, for the owner.</summary>
internal sealed record UploadListResponse(IReadOnlyList<UploadResponse> Uploads);

/// <param name="Id">As in its address.</param>
/// <param name="Title">For people.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Offset">Bytes that came, and will still be there after a crash.</param>
/// <param name="Expires">When it is removed, unless more comes; null for one that is whole.</param>
internal sealed record UploadResponse(string Id, string Title, long Length, long Offset, DateTimeOffset? Expires);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(UploadListResponse))]
internal sealed partial class UploadsJson : JsonSerializerContext;
