using Microsoft.AspNetCore.Http.Metadata;

namespace Appliance.Access;

/// <summary>The most that is read of a body here: a password and a code, or a key's name and limits.</summary>
internal sealed class BodyLimit : IRequestSizeLimitMetadata
{
    public static readonly BodyLimit Small = new();

    /// <summary>In bytes.</summary>
    public long? MaxRequestBodySize => 8 << 10;
}
