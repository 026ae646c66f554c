using System.Collections.Concurrent;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Sources.Sidecars;

/// <summary>Looks for the subtitle files beside a source. They are looked for whenever somebody asks what there is of it: a
/// file that came, went or changed is noticed by the times of the folder and of the files, and nothing of picture and sound
/// becomes another by it.</summary>
internal sealed class SidecarSearch(OpenFiles files, TimeProvider time)
{
    /// <summary>Files offered of one source; more are left out.</summary>
    public const int Limit = 32;

    /// <summary>Folders remembered.</summary>
    private const int Folders = 256;

    /// <summary>File systems tell times in steps of up to two seconds.</summary>
    private static readonly TimeSpan TimeStep = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, SidecarFolder> _folders = [];

    /// <returns>The same where nothing has changed.</returns>
    public Source Look(Source source)
    {
        if (source.State is not SourceState.Ready ready)
        {
            return source;
        }

        // Beside what lies on another machine nobody looks.
        IReadOnlyList<Sidecar> found = source.Path is { } path ? Look(path, source.Sidecars) : [];
        return found.SequenceEqual(source.Sidecars) ? source : source with { Sidecars = found, State = ready.With(found) };
    }

    /// <summary>The subtitle files of a film, by name, no bytes twice.</summary>
    /// <param name="film">Absolute path.</param>
    /// <param name="known">What was found before: of these, what has not changed is not read again.</param>
    public IReadOnlyList<Sidecar> Look(string film, IReadOnlyList<Sidecar> known)
    {
        string folder = Path.GetDirectoryName(film)!;
        try
        {
            return [.. Read(folder).FilesOf(Path.GetFileNameWithoutExtension(film))
                .Select(name => Open(Path.Combine(folder, name), Path.GetFileNameWithoutExtension(film).Length, known))
                .OfType<Sidecar>()
                .DistinctBy(sidecar => sidecar.Bytes.Fingerprint)
                .Take(Limit)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private SidecarFolder Read(string folder)
    {
        if (_folders.TryGetValue(folder, out SidecarFolder? known) && known.ModifiedAt == Directory.GetLastWriteTimeUtc(folder))
        {
            return known;
        }

        if (_folders.Count >= Folders)
        {
            _folders.Clear();
        }

        return _folders[folder] = SidecarFolder.Read(folder, settled: time.GetUtcNow().UtcDateTime - TimeStep);
    }

    /// <returns>Null where it is empty, too large, no longer there, or being written.</returns>
    private Sidecar? Open(string path, int filmLength, IReadOnlyList<Sidecar> known)
    {
        if (FileStamp.Of(path) is not { Length: > 0 and <= SidecarText.MaxBytes } stamp)
        {
            return null;
        }

        if (known.FirstOrDefault(one => one.Bytes.Path == path && one.Bytes.Stamp == stamp) is { } same)
        {
            return same;
        }

        try
        {
            var bytes = LocalSource.Open(files, path, CancellationToken.None);
            SidecarFormat format = SidecarFormat.Of(path)!;
            var label = SidecarLabel.Of(Path.GetFileNameWithoutExtension(path)[filmLength..]);
            return new(bytes, new(bytes.Fingerprint, format.Format, format.Codec, label.Language, label.Title, label.Roles));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
