using Appliance.Transport;

namespace Appliance.Playback;

/// <summary>Finished artifacts that were asked for lately stay open: what many want is opened once.</summary>
internal sealed class KeptFiles : IDisposable
{
    /// <summary>Files held open; the one unused the longest is closed first. A household plays a few films in a few rungs each, and
    /// what several ask for at about the same time is far less.</summary>
    public const int Limit = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, SharedFile File)>> _byPath = [];
    private readonly LinkedList<(string Path, SharedFile File)> _byUse = new();

    /// <summary>The open file, held for the caller, who must release it.</summary>
    /// <param name="path">Whole and never written to again, as all that is kept.</param>
    /// <param name="length">In bytes, as it must be.</param>
    /// <returns>Null where it cannot be opened, or is of another length.</returns>
    public SharedFile? TryTake(string path, long length)
    {
        SharedFile? file;
        lock (_gate)
        {
            // Opened under the lock: whoever removes a file and then says so can be sure that it is not opened again.
            file = Find(path) ?? TryOpen(path);
            file?.Hold();
        }

        if (file is null || (file.Length == length && file.IsWhole))
        {
            return file;
        }

        file.Release();
        Forget(path);
        return null;
    }

    /// <summary>The file was removed, or is not what it was: it is closed when those who hold it let go.</summary>
    public void Forget(string path)
    {
        lock (_gate)
        {
            if (_byPath.Remove(path, out var node))
            {
                _byUse.Remove(node);
                node.Value.File.Release();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_byUse.Count > 0)
            {
                RemoveLast();
            }
        }
    }

    private SharedFile? Find(string path)
    {
        if (!_byPath.TryGetValue(path, out var known))
        {
            return null;
        }

        _byUse.Remove(known);
        _byUse.AddFirst(known);
        return known.Value.File;
    }

    private SharedFile? TryOpen(string path)
    {
        try
        {
            SharedFile file = SharedFile.Open(path);
            _byPath[path] = _byUse.AddFirst((path, file));
            if (_byUse.Count > Limit)
            {
                RemoveLast();
            }

            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void RemoveLast()
    {
        (string path, SharedFile file) = _byUse.Last!.Value;
        _byUse.RemoveLast();
        _byPath.Remove(path);
        file.Release();
    }
}
