using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Access.Keys;

/// <summary>The keys there are. The file is the truth, for the box and for the verb <c>key</c> beside it: whoever changes it holds the lock and reads it
/// anew, and a running box sees by its stamp that it changed.</summary>
internal sealed class KeyShelf
{
    /// <summary>Keys; more are refused.</summary>
    public const int Limit = 100;

    private readonly Lock gate = new();
    private readonly AccessFolder folder;
    private readonly KeptFile file;
    private readonly TimeProvider time;
    private Dictionary<string, ApiKey> keys = [];
    private (DateTime, long)? seen;

    /// <exception cref="UsageException">The file cannot be read. It is left as it is: replaced unasked, all apps would be locked out.</exception>
    public KeyShelf(AccessFolder folder, DataFolder data, TimeProvider time)
    {
        this.folder = folder;
        this.time = time;
        file = folder.Keys;
        try
        {
            Refresh();
            TakeOverEarlierToken(data.EarlierOwnerToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{file.Path}, the API keys, cannot be read or written: {exception.Message} Mend it, or move it away, which takes all keys away.");
        }
    }

    /// <summary>The oldest first.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="JsonException">The file was damaged.</exception>
    public IReadOnlyList<ApiKey> All
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return [.. keys.Values.OrderBy(key => key.MadeAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The key whose text this is, whether it still holds or not; null where there is none.</summary>
    /// <exception cref="IOException">As for <see cref="All"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="JsonException">The same.</exception>
    public ApiKey? Find(string text)
    {
        if (KeyText.IdOf(text) is not { } id)
        {
            return null;
        }

        ApiKey? key;
        lock (gate)
        {
            Refresh();
            key = keys.GetValueOrDefault(id);
        }

        return key is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(KeyText.HashOf(text))) ? key : null;
    }

    /// <param name="terms">Nothing must be wrong with them.</param>
    /// <returns>It, and its text, which nobody can read again; null where there are too many.</returns>
    /// <exception cref="IOException">It cannot be kept, or another process holds the keys; there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="JsonException">The file was damaged.</exception>
    public (ApiKey Key, string Text)? Add(KeyTerms terms)
    {
        (string id, string text) = KeyText.Make();
        var key = new ApiKey(id, terms.Name!, KeyText.HashOf(text), Scopes.NamesOf(Scopes.Parse(terms.Scopes)!.Value), time.GetUtcNow())
        {
            ExpiresAt = terms.ExpiresAt,
            RequestsAMinute = terms.RequestsAMinute,
            MediaSecondsADay = terms.MediaSecondsADay,
            Funds = terms.Funds,
        };
        return Change(all => all.Count < Limit && all.TryAdd(id, key)) ? (key, text) : null;
    }

    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">As for <see cref="Add"/>; it is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="JsonException">The same.</exception>
    public bool Remove(string id) => Change(all => all.Remove(id));

    private bool Change(Func<Dictionary<string, ApiKey>, bool> change)
    {
        lock (gate)
        {
            using IDisposable held = FileLock.Hold(folder.KeysLock);
            Dictionary<string, ApiKey> changed = Read();
            if (!change(changed))
            {
                return false;
            }

            file.Write(JsonSerializer.SerializeToUtf8Bytes(new KeyFile([.. changed.Values]), AccessJson.Default.KeyFile));
            keys = changed;
            seen = file.Stamp;
            return true;
        }
    }

    private void Refresh()
    {
        (DateTime, long)? now = file.Stamp;
        if (now != seen)
        {
            keys = Read();
            seen = now;
        }
    }

    private Dictionary<string, ApiKey> Read()
    {
        KeyFile? read = file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, AccessJson.Default.KeyFile) : new([]);
        return read?.Keys is { } kept && kept.All(key => key is { Id: not null, Name: not null, Hash: not null, Scopes: not null })
            ? kept.DistinctBy(key => key.Id).ToDictionary(key => key.Id)
            : throw new JsonException("It is damaged.");
    }

    /// <summary>The one token that earlier versions had goes on as a key with the owner's scope.</summary>
    /// <remarks>The key is kept before the token's file is removed: a crash between leaves both, and the next start removes it.</remarks>
    private void TakeOverEarlierToken(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        string hash = File.ReadAllText(path).Trim();
        if (hash.Length != 2 * SHA256.HashSizeInBytes || !hash.All(char.IsAsciiHexDigitLower))
        {
            throw new UsageException($"{path}, the owner's token of an earlier version, is damaged: remove it, and make a key with the verb key.");
        }

        Change(all => all.TryAdd(KeyText.EarlierId, new(KeyText.EarlierId, "The owner's token of an earlier version", hash, Scopes.NamesOf(Scope.Owner), time.GetUtcNow())));
        File.Delete(path);
    }
}
