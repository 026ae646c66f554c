using System.Text.Json;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Sources.Remote;

/// <summary>The films on other machines that the owner added, written down for the next start.</summary>
internal sealed class RemoteFilms
{
    /// <summary>Films; more are refused.</summary>
    public const int Limit = 200;

    private readonly Lock gate = new();
    private readonly List<RemoteFilm> films;
    private readonly string file;

    /// <exception cref="UsageException">What was written down cannot be read. It is left as it is: replaced unasked, the owner's library would be gone.</exception>
    public RemoteFilms(DataFolder data)
    {
        file = data.Remotes;
        films = [.. Read(file).DistinctBy(film => film.Id).Take(Limit)];
    }

    /// <summary>Called with each that comes, on the thread that added it.</summary>
    public event Action<RemoteFilm>? Added;

    public IReadOnlyList<RemoteFilm> All
    {
        get
        {
            lock (gate)
            {
                return [.. films];
            }
        }
    }

    /// <summary>Adds one, and writes that down.</summary>
    /// <returns>It, or the one that was there; null where there are too many.</returns>
    /// <exception cref="IOException">It cannot be written down; then it is not added.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public RemoteFilm? Add(OriginUrl url)
    {
        RemoteFilm added;
        lock (gate)
        {
            if (films.Find(film => film.Url == url) is { } known)
            {
                return known;
            }

            if (films.Count == Limit)
            {
                return null;
            }

            added = new(url, found: null);
            Write([.. films, added]);
            films.Add(added);
        }

        Added?.Invoke(added);
        return added;
    }

    /// <summary>Takes one away.</summary>
    /// <returns>It; null where there is none of that id.</returns>
    /// <exception cref="IOException">That cannot be written down; then it stays.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public RemoteFilm? Remove(string id)
    {
        lock (gate)
        {
            if (films.Find(film => film.Id == id) is not { } removed)
            {
                return null;
            }

            Write([.. films.Where(film => film != removed)]);
            films.Remove(removed);
            return removed;
        }
    }

    /// <summary>Writes down what was found of one, so that the next start need not find it again.</summary>
    /// <exception cref="IOException">It cannot be written down.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Note(RemoteFilm film, RemoteFilmFound found)
    {
        lock (gate)
        {
            film.Found = found;
            if (films.Contains(film))
            {
                Write(films);
            }
        }
    }

    private static IEnumerable<RemoteFilm> Read(string file)
    {
        try
        {
            RemoteFilmFile? read = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), SourcesJson.Default.RemoteFilmFile) : null;
            return [.. (read?.Films ?? []).Select(record => OriginUrl.TryParse(record.Url, out OriginUrl? url, out _) ? new RemoteFilm(url, Sound(record.Found)) : null).OfType<RemoteFilm>()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{file}, which says what is served of other machines, cannot be read: {exception.Message} It was left as it is: mend it, or move it away.");
        }
    }

    /// <summary>What is not whole is found again.</summary>
    private static RemoteFilmFound? Sound(RemoteFilmFound? found) =>
        found is { Fingerprint.Length: SourceFingerprint.Digits, Face: { Length: > 0 } face } && (face.ETag ?? face.LastModified?.ToString("R")) is not null ? found : null;

    private void Write(IEnumerable<RemoteFilm> kept) => DurableFile.Write(
        file,
        [JsonSerializer.SerializeToUtf8Bytes(new RemoteFilmFile([.. kept.Select(film => new RemoteFilmRecord(film.Url.Text, film.Found))]), SourcesJson.Default.RemoteFilmFile)],
        UnixFileMode.UserRead | UnixFileMode.UserWrite);
}
