using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>Which of a container's pictures is played, and which stands for the sound. Many containers have several:
/// renditions, angles, programmes, thumbnails, cover art.</summary>
internal static class PictureChoice
{
    private const int LargestCover = 16384;

    /// <summary>The picture that is played: of those that can be decoded, the one the container marks as default; of several
    /// such, the largest; of these, the first. Cover art never is.</summary>
    /// <returns>Its stream, which may be one that cannot be decoded where there is no better; null without a picture.</returns>
    public static int? Best(Demuxer container) => Streams(container)
        .Where(stream => !stream.IsAttachedPicture)
        .OrderByDescending(IsPlayable)
        .ThenByDescending(stream => (stream.Disposition & AvFormat.AV_DISPOSITION_DEFAULT) != 0)
        .ThenByDescending(stream => (long)stream.Width * stream.Height)
        .ThenBy(stream => stream.Index)
        .Select(stream => (int?)stream.Index)
        .FirstOrDefault();

    /// <summary>The first cover art that can be decoded, or null.</summary>
    public static CoverArt? Cover(Demuxer container) => Streams(container)
        .Where(stream => stream.IsAttachedPicture && IsPlayable(stream) && Math.Max(stream.Width, stream.Height) <= LargestCover)
        .Select(stream => new CoverArt(stream.Index, stream.CodecName, stream.Width, stream.Height))
        .FirstOrDefault();

    private static IEnumerable<AvStream> Streams(Demuxer container) => Enumerable.Range(0, container.StreamCount)
        .Select(container.Stream)
        .Where(stream => stream.MediaType == AvUtil.AVMEDIA_TYPE_VIDEO);

    private static bool IsPlayable(AvStream stream) => stream.Width > 0 && stream.Height > 0 && Decoder.Exists(stream.CodecId);
}
