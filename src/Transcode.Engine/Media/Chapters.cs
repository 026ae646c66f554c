using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>Reads the chapters of a container.</summary>
internal static class Chapters
{
    /// <summary>Chapters kept; a hostile file may claim millions.</summary>
    public const int Max = 500;

    /// <summary>In order of time, cut to the timeline; those that lie outside it are left out. One without an end lasts to
    /// the next.</summary>
    public static List<Chapter> Of(Demuxer container, long originMicroseconds, TimeSpan duration)
    {
        long end = (long)duration.TotalMicroseconds;
        var found = new List<(long Start, long? End, string? Title)>();
        for (int i = 0; i < Math.Min(container.ChapterCount, Max); i++)
        {
            AvChapter chapter = container.Chapter(i);
            var clock = new StreamClock(chapter.TimeBase, originMicroseconds: 0);
            long start = Math.Max(0, clock.Microseconds(chapter.Start) - originMicroseconds);
            long? stop = chapter.End is { } ticks ? Math.Min(end, clock.Microseconds(ticks) - originMicroseconds) : null;
            if (start < end && (stop is null || stop > start))
            {
                found.Add((start, stop, TrackLists.Title(chapter.Tag("title"))));
            }
        }

        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return [.. found.Select((one, place) => new Chapter(
            one.Start,
            one.End ?? (place + 1 < found.Count ? found[place + 1].Start : end),
            one.Title))];
    }
}
