using System.Buffers.Binary;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>The tracks of a source that people choose among: sound and text.</summary>
internal static class TrackLists
{
    /// <summary>Sound tracks offered; discs have up to 8, broadcasts a few.</summary>
    public const int MaxAudio = 16;

    /// <summary>Text tracks listed; discs have up to 32.</summary>
    public const int MaxText = 32;

    /// <summary>Longest title kept, in UTF-16 units.</summary>
    public const int MaxTitle = 200;

    /// <summary>Longest language code kept: three letters, or a short tag.</summary>
    private const int MaxLanguage = 16;

    private static readonly (int Disposition, TrackRoles Role)[] Roles =
    [
        (AvFormat.AV_DISPOSITION_DEFAULT, TrackRoles.Default),
        (AvFormat.AV_DISPOSITION_COMMENT, TrackRoles.Commentary),
        (AvFormat.AV_DISPOSITION_HEARING_IMPAIRED | AvFormat.AV_DISPOSITION_CAPTIONS, TrackRoles.HearingImpaired),
        (AvFormat.AV_DISPOSITION_VISUAL_IMPAIRED | AvFormat.AV_DISPOSITION_DESCRIPTIONS, TrackRoles.VisualImpaired),
        (AvFormat.AV_DISPOSITION_FORCED, TrackRoles.Forced),
    ];

    /// <summary>The one libav thinks best, then the others in the container's order.</summary>
    public static List<AudioTrack> Audio(Demuxer container)
    {
        int? best = container.BestStream(AvUtil.AVMEDIA_TYPE_AUDIO);
        return [.. Streams(container)
            .Where(stream => stream.MediaType == AvUtil.AVMEDIA_TYPE_AUDIO && stream.SampleRate > 0 && Decoder.Exists(stream.CodecId))
            .Select(stream => new AudioTrack(
                stream.Index, stream.CodecName, stream.SampleRate, Channels(stream), Language(stream), Title(stream.Tag("title")), RolesOf(stream)))
            .OrderBy(track => track.StreamIndex == best ? 0 : 1)
            .Take(MaxAudio)];
    }

    /// <summary>In the container's order.</summary>
    public static List<TextTrack> Text(Demuxer container) =>
        [.. Streams(container)
            .Where(stream => stream.MediaType == AvUtil.AVMEDIA_TYPE_SUBTITLE || IsTtml(stream))
            .Select(stream => new TextTrack(
                stream.Index, IsTtml(stream) ? SubtitleCodecs.Ttml : stream.CodecName, FormOf(stream), Language(stream), Title(stream.Tag("title")), RolesOf(stream)))
            .Take(MaxText)];

    /// <summary>A title as people wrote it, without control characters and not longer than <see cref="MaxTitle"/>; null where
    /// nothing is left.</summary>
    public static string? Title(string? text)
    {
        string title = new([.. (text ?? "").Where(c => !char.IsControl(c)).Take(MaxTitle)]);
        title = title.Trim();
        return title.Length == 0 ? null : title;
    }

    /// <summary>Words that no decoder here reads are not offered.</summary>
    private static TextForm FormOf(AvStream stream) =>
        IsTtml(stream) ? TextForm.Words
        : Decoder.Exists(stream.CodecId) ? SubtitleCodecs.FormOf(stream.CodecName) : TextForm.Unknown;

    /// <summary>libav takes <c>stpp</c> of MP4 for data of an unknown kind.</summary>
    private static bool IsTtml(AvStream stream) =>
        stream.CodecName == SubtitleCodecs.Ttml || stream.CodecTag == BinaryPrimitives.ReadInt32LittleEndian("stpp"u8);

    /// <summary>Of Ambisonics the first component is heard.</summary>
    private static int Channels(AvStream stream) => stream.IsAmbisonic ? 1 : stream.Channels;

    private static string? Language(AvStream stream) => stream.Tag("language") is { Length: > 0 and <= MaxLanguage } code ? code : null;

    private static TrackRoles RolesOf(AvStream stream)
    {
        int disposition = stream.Disposition;
        return Roles.Where(pair => (disposition & pair.Disposition) != 0).Aggregate(TrackRoles.None, (all, pair) => all | pair.Role);
    }

    private static List<AvStream> Streams(Demuxer container) =>
        [.. Enumerable.Range(0, container.StreamCount).Select(container.Stream)];
}
