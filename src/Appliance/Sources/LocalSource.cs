using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources;

/// <summary>A file of this box.</summary>
internal sealed class LocalSource : IServedBytes
{
    private readonly OpenFiles _files;

    private LocalSource(OpenFiles files, string path, FileStamp stamp, string fingerprint)
    {
        _files = files;
        Stamp = stamp;
        Path = path;
        Fingerprint = fingerprint;
    }

    /// <summary>Absolute; for the owner and the log only.</summary>
    public string Path { get; }

    public string Place => Path;

    public string Fingerprint { get; }

    /// <summary>As it was fingerprinted.</summary>
    public FileStamp Stamp { get; }

    public long Length => Stamp.Length;

    /// <summary>Reads what the fingerprint takes of the file.</summary>
    /// <exception cref="IOException">It cannot be read, or changes meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static LocalSource Open(OpenFiles files, string path, CancellationToken cancellationToken)
    {
        // Pipes and devices have no length either, and opening one can wait for ever: only then is a file opened.
        if (FileStamp.Of(path) is { Length: 0 })
        {
            throw new InvalidDataException("The file is empty.");
        }

        using SafeFileHandle file = OpenFiles.Open(path);
        FileStamp stamp = FileStamp.Of(file);
        string fingerprint = SourceFingerprint.Of(file, stamp.Length, cancellationToken);
        return FileStamp.Of(file) == stamp
            ? new(files, path, stamp, fingerprint)
            : throw new IOException("The file is still being written.");
    }

    /// <summary>Looks whether the file is still the one that was fingerprinted.</summary>
    /// <exception cref="SourceGoneException">It is not.</exception>
    public void CheckUnchanged()
    {
        string? reason = FileStamp.Of(Path) switch
        {
            null => "The file of this source was removed or renamed.",
            { } now when now != Stamp => "The file of this source has changed; it is another source now.",
            _ => null,
        };
        if (reason is not null)
        {
            _files.Forget(Path);
            throw new SourceGoneException(reason);
        }
    }

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        Memory<byte> wanted = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        int filled = 0;
        while (filled < wanted.Length)
        {
            int read = await ReadOnceAsync(offset + filled, wanted[filled..], cancellationToken);
            filled += read > 0 ? read : throw new SourceGoneException("The file of this source became shorter.");
        }

        return filled;
    }

    private async ValueTask<int> ReadOnceAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                SafeFileHandle file = _files.Take(Path);
                if (FileStamp.Of(file) != Stamp)
                {
                    _files.Forget(Path);
                    throw new SourceGoneException("The file of this source has changed; it is another source now.");
                }

                return await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);
            }
            catch (ObjectDisposedException)
            {
                // It fell out of the open files between taking and reading: take it again.
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException(exception.Message, exception);
            }
        }
    }
}
