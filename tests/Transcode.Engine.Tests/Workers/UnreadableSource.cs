using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Workers;

internal sealed class UnreadableSource : IByteSource
{
    public string Fingerprint => "ee";

    public long Length => RawVideo.Bytes.Length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        throw new IOException("the secret place is gone");
}
