namespace Appliance.Sources.Watching;

/// <summary>What came of a look at a folder.</summary>
/// <param name="Offer">Files that are new or changed, and are no longer written to; by name.</param>
/// <param name="Gone">Files that were offered before and are not there.</param>
/// <param name="IsSettled">Whether no file is still being written: else it is to be looked at again soon.</param>
internal sealed record FolderLook(IReadOnlyList<string> Offer, IReadOnlyList<string> Gone, bool IsSettled);
