namespace Appliance.Sources.Watching;

/// <summary>What the owner added, as <c>library.json</c> keeps it.</summary>
/// <param name="Paths">Absolute, of files and folders.</param>
internal sealed record LibraryFile(IReadOnlyList<string>? Paths);
