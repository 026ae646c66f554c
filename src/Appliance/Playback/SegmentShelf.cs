using System.Collections.Concurrent;

namespace Appliance.Playback;

/// <summary>Finished artifacts that lie elsewhere than in the cache, in folders that jobs own. They are served like kept
/// ones and never evicted; whoever put them there takes them away.</summary>
/// <remarks>Where two jobs made the same bytes, the later file is known. When it goes, the bytes are made again where they
/// are asked for, until the next start finds the other.</remarks>
internal sealed class SegmentShelf(KeptFiles files)
{
    /// <summary>Files known; what is beyond lies there unserved. Bounds the memory (about 400 bytes each).</summary>
    public const int Limit = 500_000;

    private readonly ConcurrentDictionary<string, (string Path, long Length)> _byName = new();

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <param name="name">The artifact key's name.</param>
    /// <param name="path">A whole file.</param>
    /// <param name="length">Its length in bytes.</param>
    public void Add(string name, string path, long length)
    {
        if (_byName.Count < Limit)
        {
            _byName[name] = (path, length);
        }
    }

    /// <summary>Takes away all that lies below a folder.</summary>
    public void RemoveBelow(string folder)
    {
        string start = folder + Path.DirectorySeparatorChar;
        foreach (var item in _byName.Where(item => item.Value.Path.StartsWith(start, StringComparison.Ordinal)))
        {
            _byName.TryRemove(item);
            files.Forget(item.Value.Path);
        }
    }

    /// <returns>Null where it is not there, or no longer what it was.</returns>
    public StoredReader? TryOpen(string name)
    {
        if (!_byName.TryGetValue(name, out var found))
        {
            return null;
        }

        if (files.TryTake(found.Path, found.Length) is { } file)
        {
            if (!_byName.ContainsKey(name))
            {
                // Taken away at this very moment: it is read once more, but not kept open.
                files.Forget(found.Path);
            }

            return new(file);
        }

        _byName.TryRemove(new(name, found));
        return null;
    }
}
