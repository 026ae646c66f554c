using System.IO.Enumeration;

namespace Appliance.Sources.Sidecars;

/// <summary>The subtitle files of a folder, each with the film it belongs to.</summary>
internal sealed class SidecarFolder
{
    /// <summary>Names looked at; a folder of more films than the box takes has no more.</summary>
    private const int MaxNames = 4 * SourceFiles.FolderLimit;

    private readonly Dictionary<string, List<string>> _filesOfFilm = new(StringComparer.OrdinalIgnoreCase);

    private SidecarFolder(DateTime? modifiedAt) => ModifiedAt = modifiedAt;

    /// <summary>By what it is noticed that files came or went; null where that could not be told, as the last change is so fresh
    /// that another might bear the same time.</summary>
    public DateTime? ModifiedAt { get; }

    /// <param name="folder">Absolute.</param>
    /// <param name="settled">A folder that has not changed since then would show a new time with the next change.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SidecarFolder Read(string folder, DateTime settled)
    {
        DateTime modifiedAt = Directory.GetLastWriteTimeUtc(folder);
        var found = new SidecarFolder(modifiedAt < settled ? modifiedAt : null);
        string[] names = [.. Names(folder).Take(MaxNames)];
        var films = names.Where(SourceFiles.IsMedia).Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names.Where(name => SidecarFormat.Of(name) is not null))
        {
            found.Add(name, films!);
        }

        return found;
    }

    /// <summary>Names of the files that belong to a film, sorted.</summary>
    /// <param name="film">Its name without extension.</param>
    public IReadOnlyList<string> FilesOf(string film) => _filesOfFilm.GetValueOrDefault(film) ?? [];

    /// <summary>A file belongs to the film with the longest name that its own begins with: that of "Part.2.en.srt" is "Part.2.mkv",
    /// where there is one, and not "Part.mkv".</summary>
    private void Add(string name, HashSet<string> films)
    {
        string film = Path.GetFileNameWithoutExtension(name);
        while (!films.Contains(film))
        {
            int dot = film.LastIndexOf('.');
            if (dot <= 0)
            {
                return;
            }

            film = film[..dot];
        }

        if (!_filesOfFilm.TryGetValue(film, out List<string>? files))
        {
            _filesOfFilm.Add(film, files = []);
        }

        files.Add(name);
        files.Sort(StringComparer.Ordinal);
    }

    /// <summary>Regular files only: a link would let a film's folder show another's files.</summary>
    private static FileSystemEnumerable<string> Names(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.FileName.ToString(),
            new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || SourceFiles.IsMedia(entry.FileName)),
        };
}
