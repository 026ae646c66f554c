using Appliance.Jobs.Batch;

namespace Appliance.Jobs;

/// <summary>A job as its file remembers it. How far it is, its folder tells.</summary>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="SourceId">As in URLs.</param>
/// <param name="SourcePath">The file, so that a restart finds it again, or the URL without its query; never shown.</param>
/// <param name="Title">The source's.</param>
/// <param name="Rungs">Names of the rungs asked for, or null for all.</param>
/// <param name="Sheet">What exactly is made.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="IdempotencyKey">By which the client may ask for it again, or null.</param>
internal sealed record JobRecord(
    string Id,
    string SourceId,
    string SourcePath,
    string Title,
    IReadOnlyList<string>? Rungs,
    JobSheet Sheet,
    DateTimeOffset CreatedAt,
    string? IdempotencyKey)
{
    public JobEnd? End { get; init; }

    /// <summary>Null for the owner's own jobs.</summary>
    public JobPayment? Payment { get; init; }
}
