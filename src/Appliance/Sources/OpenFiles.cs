using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources;

/// <summary>Handles of the files read lately. A library of ten thousand films must not hold ten thousand descriptors, and
/// a film being read must not be opened anew for each of its thousand reads.</summary>
/// <param name="limit">Handles kept open, at least 1; the one unused the longest is closed first.</param>
internal sealed class OpenFiles(int limit = OpenFiles.DefaultLimit) : IDisposable
{
    public const int DefaultLimit = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, SafeFileHandle File)>> _byPath = [];
    private readonly LinkedList<(string Path, SafeFileHandle File)> _byUse = new();

    /// <summary>The handle stays usable until it falls out; a reader that meets a closed one takes it again.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public SafeFileHandle Take(string path)
    {
        SafeFileHandle? surplus = null;
        try
        {
            lock (_gate)
            {
                if (_byPath.TryGetValue(path, out var known))
                {
                    _byUse.Remove(known);
                    _byUse.AddFirst(known);
                    return known.Value.File;
                }

                SafeFileHandle file = Open(path);
                _byPath[path] = _byUse.AddFirst((path, file));
                if (_byUse.Count > limit)
                {
                    surplus = RemoveLast();
                }

                return file;
            }
        }
        finally
        {
            surplus?.Dispose();
        }
    }

    /// <summary>Closes a file that is not what it was.</summary>
    public void Forget(string path)
    {
        lock (_gate)
        {
            if (_byPath.Remove(path, out var node))
            {
                _byUse.Remove(node);
                node.Value.File.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_byUse.Count > 0)
            {
                RemoveLast().Dispose();
            }
        }
    }

    /// <summary>Read-only, and in nobody's way: the file may be renamed, replaced or removed meanwhile.</summary>
    public static SafeFileHandle Open(string path) => File.OpenHandle(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);

    private SafeFileHandle RemoveLast()
    {
        var last = _byUse.Last!;
        _byUse.RemoveLast();
        _byPath.Remove(last.Value.Path);
        return last.Value.File;
    }
}
