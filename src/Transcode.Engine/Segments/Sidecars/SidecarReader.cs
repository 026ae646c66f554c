using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Ttml;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Sidecars;

/// <summary>The cues of a subtitle file beside a source. Its times count from the beginning of the timeline. It is small, so
/// all of it is read, for every segment.</summary>
/// <param name="bytes">The file.</param>
/// <param name="sidecar">As the recipe names it.</param>
internal sealed class SidecarReader(IByteReader bytes, SidecarText sidecar) : ICueSource
{
    private static readonly Rational Millisecond = new(1, 1000);

    /// <summary>The format is told, and no other is tried: what calls itself SubRip must not be taken for a playlist.</summary>
    private static readonly Dictionary<string, KeyValuePair<string, string>[]> Formats = new[] { "srt", "ass", "webvtt" }.ToDictionary(
        format => format, format => new KeyValuePair<string, string>[] { new("format_whitelist", format), new("protocol_whitelist", "none") });

    /// <inheritdoc/>
    public IReadOnlyList<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        byte[] file = Whole();
        if (sidecar.Format == SubtitleCodecs.Ttml)
        {
            return [.. TtmlCues.Of(file, originMicroseconds: 0, start, end)];
        }

        byte[] text = SidecarCharset.ToUtf8(file);
        if (!Formats.TryGetValue(sidecar.Format, out KeyValuePair<string, string>[]? options))
        {
            throw Unreadable(sidecar.Format, null);
        }

        try
        {
            using var container = Demuxer.Open((offset, buffer) => Copy(text, offset, buffer), text.Length, options, sidecar.Format);
            return Shown(container, start, end, cancellationToken);
        }
        catch (AvException exception)
        {
            throw Unreadable(exception.Message, exception);
        }
    }

    private static List<Cue> Shown(Demuxer container, long start, long end, CancellationToken cancellationToken)
    {
        AvStream stream = container.Stream(0);
        var cues = new CueList(AssHeader.FieldsBeforeText(stream.Extradata));
        var clock = new StreamClock(stream.TimeBase, originMicroseconds: 0);
        using var decoder = SubtitleDecoder.Open(stream);
        using var packet = new AvPacket();
        while (!cues.IsFull && container.TryRead(packet))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (packet.Pts is not { } pts)
            {
                continue;
            }

            long from = clock.PositionOf(pts, Millisecond);
            long to = clock.PositionOf(pts + packet.Duration, Millisecond);
            if (from < end && to > start && to > from)
            {
                cues.Add(decoder, packet, from, to);
            }
        }

        return cues.Ended();
    }

    private byte[] Whole()
    {
        if (bytes.Length > SidecarText.MaxBytes)
        {
            throw Unreadable($"{bytes.Length} bytes", null);
        }

        byte[] file = new byte[bytes.Length];
        int filled = 0;
        while (filled < file.Length && bytes.Read(filled, file.AsSpan(filled)) is > 0 and int count)
        {
            filled += count;
        }

        return file[..filled];
    }

    private static int Copy(byte[] text, long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(text.Length - offset, 0, buffer.Length);
        text.AsSpan((int)Math.Min(offset, text.Length), count).CopyTo(buffer);
        return count;
    }

    private static TranscodeException Unreadable(string why, Exception? exception) =>
        new(FailureStage.Decode, FailureCause.NotMedia, $"The subtitle file cannot be read ({why}).", exception!);
}
