namespace Appliance.Playback;

/// <summary>How the cache uses the disk.</summary>
/// <param name="Entries">Files.</param>
/// <param name="UsedBytes">In whole blocks.</param>
/// <param name="LimitBytes">The quota, or half of what the disk would have free, whichever is less.</param>
/// <param name="Failure">Why nothing can be kept, or null.</param>
internal sealed record StoreStatus(int Entries, long UsedBytes, long LimitBytes, string? Failure);
