using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Playback;

/// <summary>Reads a finished artifact from disk. The open file outlives its eviction.</summary>
internal sealed class StoredReader(SafeFileHandle file, long length) : ArtifactReader
{
    private const int PieceBytes = 128 << 10;

    public override string Origin => "hit";

    public override long? KnownLength => length;

    public override Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<long> CompleteAsync(CancellationToken cancellationToken) => Task.FromResult(length);

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        long offset, long count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long end = Math.Min(length, count > length - offset ? length : offset + count);
            while (offset < end)
            {
                int wanted = (int)Math.Min(PieceBytes, end - offset);
                int read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, wanted), offset, cancellationToken);
                offset += read > 0 ? read : throw new EndOfStreamException("A kept segment became shorter.");
                yield return buffer.AsMemory(0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override Task SettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose() => file.Dispose();
}
