namespace Appliance.Storage;

/// <summary>How the box uses its disk.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="DiskBytes">Of the disk that it is on; null where that cannot be told.</param>
/// <param name="FreeBytes">Of these, what nobody uses.</param>
/// <param name="Parts">What takes most.</param>
internal sealed record StorageResponse(string Folder, long? DiskBytes, long? FreeBytes, IReadOnlyList<StoragePart> Parts);

/// <param name="Name"><c>cache</c>, <c>jobs</c>, <c>uploads</c> or <c>origins</c>.</param>
/// <param name="UsedBytes">What it takes.</param>
/// <param name="LimitBytes">What it may take now: never more than its quota, and for the cache never more than half of what the disk would have free without it.</param>
/// <param name="Count">Files of the cache, jobs, uploads, or films on other machines.</param>
/// <param name="Trouble">Why nothing can be kept there, or null.</param>
internal sealed record StoragePart(string Name, long UsedBytes, long LimitBytes, int Count, string? Trouble);

/// <summary>What was removed of the cache.</summary>
/// <param name="Entries">Files.</param>
/// <param name="Bytes">In whole blocks.</param>
internal sealed record CacheCleared(int Entries, long Bytes);
