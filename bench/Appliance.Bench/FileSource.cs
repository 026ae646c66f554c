using Microsoft.Win32.SafeHandles;
using Transcode.Engine.Media;

namespace Appliance.Bench;

/// <summary>A film on disk, as a source for workers and for the engine in this process.</summary>
internal sealed class FileSource(string path) : IByteSource, IByteReader, IDisposable
{
    private readonly SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);

    /// <summary>Good for the life of this process only.</summary>
    public string Fingerprint { get; } = Guid.NewGuid().ToString("N");

    public long Length => RandomAccess.GetLength(file);

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);

    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(file, buffer, offset);

    public void Dispose() => file.Dispose();
}
