using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Media;

/// <summary>A source opened as a container. Stays open between orders; the bytes come from whichever reader the current
/// order brought.</summary>
internal sealed class SourceReader : IDisposable
{
    private IByteReader bytes;

    private SourceReader(IByteReader bytes)
    {
        this.bytes = bytes;
        Fingerprint = bytes.Fingerprint;
    }

    public Demuxer Container { get; private set; } = null!;

    /// <summary>What was opened. Kept, since a worker's one reader turns from source to source.</summary>
    public string Fingerprint { get; }

    /// <exception cref="TranscodeException">The bytes are not a container the engine opens.</exception>
    public static SourceReader Open(IByteReader bytes)
    {
        var reader = new SourceReader(bytes);
        reader.Reopen();
        return reader;
    }

    /// <summary>Reads through another order's reader of the same source from now on.</summary>
    public void Use(IByteReader current) => bytes = current;

    /// <summary>Starts over, as if the source had never been read: for containers that cannot seek back.</summary>
    public void Reopen()
    {
        Container?.Dispose();
        try
        {
            Container = Demuxer.Open((offset, buffer) => bytes.Read(offset, buffer), bytes.Length, Containers.DemuxerOptions);
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.NotMedia, $"This is not a video or sound file that can be opened ({exception.Message}).", exception);
        }
    }

    public void Dispose() => Container?.Dispose();
}
