using Transcode.Engine.Media;

namespace Transcode.Engine.Segments.Captions;

/// <summary>Finds out whether the captions that a picture has room for are there. Pictures may carry nothing but filling, and a
/// film's first captions may come late, so a few places are looked at, each for a fixed while.</summary>
internal static class CaptionLook
{
    private const int Places = 5;

    private const long PlaceMilliseconds = 10_000;

    /// <param name="source">Opened; afterwards it stands anywhere.</param>
    /// <param name="description">As probed; it has video.</param>
    public static bool Finds(SourceReader source, SourceDescription description)
    {
        int stream = description.Video!.StreamIndex;
        if (CaptionUnits.Of(source.Container.Stream(stream)) is null)
        {
            return false;
        }

        var channel = new CaptionChannel();
        bool found = false;
        for (int place = 0; place < Places && !found; place++)
        {
            long start = (long)description.Grid.Duration.TotalMilliseconds * place / Places;
            new CaptionPackets(source, description, stream).Read(
                start, start + PlaceMilliseconds, (triplet, _) => !(found = channel.Takes(triplet, out bool _)), CancellationToken.None);
        }

        return found;
    }
}
