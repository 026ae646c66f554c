using System.Diagnostics.CodeAnalysis;

namespace Appliance.Sources;

/// <summary>What the box serves. Entries are immutable and replaced whole; a file with the bytes of another is the same
/// source.</summary>
internal sealed class SourceLibrary
{
    /// <summary>Sources held; more are refused.</summary>
    public const int Limit = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Source> _byId = [];

    /// <summary>After something was found out of a source, or one came, on any thread.</summary>
    public event Action? Changed;

    /// <summary>All, by title.</summary>
    public IReadOnlyList<Source> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byId.Values.OrderBy(s => s.Title, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Id, StringComparer.Ordinal)];
            }
        }
    }

    public bool TryFind(string id, [MaybeNullWhen(false)] out Source source)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out source);
        }
    }

    /// <summary>Takes in a source that was not known, or whose file had gone.</summary>
    /// <returns>Whether it is new; false also where the library is full.</returns>
    public bool TryAdd(Source source)
    {
        lock (_gate)
        {
            if (_byId.Count >= Limit || !_byId.TryAdd(source.Id, source))
            {
                return false;
            }
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Writes down what was found out, unless the source has gone meanwhile.</summary>
    public void Update(Source source)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(source.Id))
            {
                _byId[source.Id] = source;
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Takes out what was at a path and is something else now.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="except">The id of what is there now.</param>
    public void RemoveAt(string path, string except)
    {
        lock (_gate)
        {
            foreach (Source replaced in _byId.Values.Where(source => source.Path == path && source.Id != except).ToList())
            {
                _byId.Remove(replaced.Id);
            }
        }
    }

    public void Remove(Source source)
    {
        lock (_gate)
        {
            _byId.Remove(source.Id);
        }
    }
}
