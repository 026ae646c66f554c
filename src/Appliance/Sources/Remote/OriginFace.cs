namespace Appliance.Sources.Remote;

/// <summary>What an origin says of a film: by it a changed one is noticed.</summary>
/// <param name="Length">In bytes, at least 1.</param>
/// <param name="ETag">A strong one with its quotes; null where there is none, and then <paramref name="LastModified"/> is there.</param>
/// <param name="LastModified">UTC; null where there is an ETag, or none was given.</param>
/// <param name="HasRanges">Whether a part can be asked for.</param>
internal sealed record OriginFace(long Length, string? ETag, DateTimeOffset? LastModified, bool HasRanges)
{
    /// <summary>As If-Range takes it.</summary>
    public string Validator => ETag ?? LastModified!.Value.ToString("R");

    /// <summary>Whether that is the same film; how it can be had may have changed.</summary>
    public bool IsSame(OriginFace other) => Length == other.Length && Validator == other.Validator;
}
