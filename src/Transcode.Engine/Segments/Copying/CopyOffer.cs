using System.Collections;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Copying;

/// <summary>Finds out whether a source's own video can be shown as it is, on the same timeline and cut at the same frames as
/// everything that is encoded. Told from the container's own table of all its pictures, and looked into at some places: a
/// film is not read for it.</summary>
internal static class CopyOffer
{
    /// <summary>Segments whose first picture is looked into, evenly spread.</summary>
    private const int PlacesLookedAt = 32;

    /// <summary>Pictures a decoder may have to hold back (ITU-T H.264 and H.265, A.4: at most 16).</summary>
    private const int MostReordered = 16;

    /// <summary>What rungs are encoded with: where that is enough, decode times are the same too.</summary>
    private const int UsualReordered = 2;

    /// <summary>The description with what is found, and with the grid cut where the source's keyframes are, if they lie evenly.</summary>
    /// <exception cref="IOException">The source could not be read.</exception>
    public static SourceDescription Add(SourceReader source, SourceDescription described)
    {
        if (described.Video is null)
        {
            return described;
        }

        string? refusal = Refusal(source, described, out PictureCopy? copy, out Grid grid);
        return refusal is null ? described with { Copy = copy, Grid = grid } : described with { CopyRefusal = refusal };
    }

    private static string? Refusal(SourceReader source, SourceDescription described, out PictureCopy? copy, out Grid grid)
    {
        copy = null;
        grid = described.Grid;
        VideoTrack video = described.Video!;
        AvStream stream = source.Container.Stream(video.StreamIndex);
        if (video.Interlaced || video.RotationDegrees != 0 || stream.HasDisplayMatrix)
        {
            return "Its pictures are fields, or are to be turned.";
        }

        if (SampleTable.Of(source, stream) is not { } table || stream.IndexCount != table.Count)
        {
            return "Its container has no table that says, before all is read, what every picture is.";
        }

        if (CodedForm.Of(stream) is not { } form)
        {
            return "Browsers do not take its video codec, or this profile of it.";
        }

        if (form.EntryFor(table.SampleEntry) is not { } entry)
        {
            return "Its video is encrypted, or described in a way that is not known.";
        }

        if (table.IsEdited || source.StartTime(video.StreamIndex) is not { } start)
        {
            return "An edit list leaves out some of its pictures.";
        }

        var clock = new FrameClock(new StreamClock(stream.TimeBase, described.OriginMicroseconds), grid.FrameRate);
        if (FramesOf(table, clock, start, grid.FrameCount) is not { } frames)
        {
            return "Its pictures come more often, or longer, than the timeline has frames.";
        }

        if (Cut(grid, frames, table.IsSync) is not { } cut)
        {
            return "Its keyframes do not lie evenly, one to two seconds apart, over the whole film.";
        }

        grid = cut;
        List<Range> segments = Segments(cut, frames);
        int reorder = segments.Max(segment => ReorderOf(frames.AsSpan(segment)));
        if (reorder > Math.Min(MostReordered, cut.FrameRate.FloorOf(Grid.MediaClockLeadSeconds)) || (form.IsInOrder && reorder > 0))
        {
            return "Its pictures are decoded too far ahead of their turn.";
        }

        if (!LookInto(source, video.StreamIndex, form, table, frames, segments, clock))
        {
            return "Its keyframes are not all what its container says.";
        }

        return Rates(cut, table.Sizes, segments) is not { } rates
            ? "It takes more than 100 Mb/s at times."
            : Found(out copy, new(entry, form.IsInOrder ? 0 : Math.Max(UsualReordered, reorder), rates.Peak, rates.Average));
    }

    private static string? Found(out PictureCopy? copy, PictureCopy found)
    {
        copy = found;
        return null;
    }

    /// <summary>The grid frame of every picture, in decode order; null where two share one, or one lies outside. The first one shown
    /// is shown from the beginning.</summary>
    private static long[]? FramesOf(SampleTable table, FrameClock clock, long start, long frameCount)
    {
        long earliest = table.Times.Min();
        long[] frames = new long[table.Count];
        var taken = new BitArray(checked((int)frameCount));
        for (int i = 0; i < frames.Length; i++)
        {
            long ticks = table.Times[i] - earliest;
            long frame = ticks == 0 ? 0 : clock.FrameOf(start + ticks);
            if (frame < 0 || frame >= frameCount || taken[(int)frame])
            {
                return null;
            }

            frames[i] = frame;
            taken[(int)frame] = true;
        }

        return frames;
    }

    /// <summary>The grid itself where its segments begin at closed keyframes; else the longest steps of one to two seconds, to
    /// the nearest frame, which do.</summary>
    private static Grid? Cut(Grid grid, long[] frames, bool[] isSync)
    {
        BitArray closed = ClosedKeyframes(frames, isSync, checked((int)grid.FrameCount));
        int longest = (int)grid.FrameRate.RoundOf(Grid.SegmentSeconds);
        int shortest = (int)Math.Max(1, grid.FrameRate.CeilingOf(1));
        return Enumerable.Range(shortest, Math.Max(0, longest - shortest + 1))
            .Reverse()
            .Prepend(grid.SegmentFrames)
            .Select(step => grid with { SegmentFrames = step })
            .FirstOrDefault(cut => Enumerable.Range(0, cut.SegmentCount).All(index => closed[(int)cut.FirstFrame(index)]));
    }

    /// <summary>Frames at which a picture is shown that all before it, in the stream, are shown before, and all after it after.</summary>
    private static BitArray ClosedKeyframes(long[] frames, bool[] isSync, int frameCount)
    {
        var closed = new BitArray(frameCount);
        long[] earliestFrom = new long[frames.Length + 1];
        earliestFrom[^1] = long.MaxValue;
        for (int i = frames.Length - 1; i >= 0; i--)
        {
            earliestFrom[i] = Math.Min(frames[i], earliestFrom[i + 1]);
        }

        long latestBefore = -1;
        for (int i = 0; i < frames.Length; i++)
        {
            if (isSync[i] && latestBefore < frames[i] && earliestFrom[i] == frames[i])
            {
                closed[(int)frames[i]] = true;
            }

            latestBefore = Math.Max(latestBefore, frames[i]);
        }

        return closed;
    }

    /// <summary>The pictures of each segment, as ranges of the decode order.</summary>
    private static List<Range> Segments(Grid cut, long[] frames)
    {
        var segments = new List<Range>(cut.SegmentCount);
        int begin = 0;
        for (int i = 1; i <= frames.Length; i++)
        {
            if (i == frames.Length || frames[i] == cut.FirstFrame(segments.Count + 1))
            {
                segments.Add(begin..i);
                begin = i;
            }
        }

        return segments;
    }

    /// <summary>Frames by which the n-th picture of a segment is shown before the n-th place, at most.</summary>
    private static int ReorderOf(ReadOnlySpan<long> frames)
    {
        long[] shown = [.. frames];
        Array.Sort(shown);
        long most = 0;
        for (int n = 0; n < shown.Length; n++)
        {
            most = Math.Max(most, shown[n] - frames[n]);
        }

        return (int)Math.Min(int.MaxValue, most);
    }

    /// <summary>Reads the first picture of some segments, as it will be read when they are made.</summary>
    private static bool LookInto(
        SourceReader source,
        int streamIndex,
        CodedForm form,
        SampleTable table,
        long[] frames,
        List<Range> segments,
        FrameClock clock)
    {
        using var packet = new AvPacket();
        foreach (int index in Places(segments.Count))
        {
            int sample = segments[index].Start.Value;
            using var run = PacketRun.Find(source, streamIndex, clock.LimitTicks(frames[sample]), withOneBefore: false);
            if (!run.TryTake(packet)
                || !packet.IsKey
                || packet.Size != table.Sizes[sample]
                || packet.Pts is not { } time
                || (frames[sample] > 0 && clock.FrameOf(time) != frames[sample])
                || !form.BeginsAfresh(packet.Data)
                || form.HasForeignSets(packet.Data))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<int> Places(int segments) => segments <= PlacesLookedAt
        ? Enumerable.Range(0, segments)
        : Enumerable.Range(0, PlacesLookedAt).Select(place => (int)((long)place * (segments - 1) / (PlacesLookedAt - 1)));

    /// <summary>Exact but for the container's bytes, which are bounded. As with encoded rungs, a last segment shorter than half
    /// the others counts in the average only. Null where one is too large.</summary>
    private static (int Peak, int Average)? Rates(Grid cut, int[] sizes, List<Range> segments)
    {
        double all = 0, peak = 0;
        for (int index = 0; index < segments.Count; index++)
        {
            ReadOnlySpan<int> of = sizes.AsSpan(segments[index]);
            long bytes = 0;
            foreach (int size in of)
            {
                bytes += size;
            }

            if (bytes > CopySegment.MaxBytes)
            {
                return null;
            }

            double bits = (bytes * 8) + Promise.ContainerBits(of.Length, Promise.VideoChunks);
            all += bits;
            int frames = cut.FramesIn(index);
            if (segments.Count == 1 || frames * 2 >= cut.SegmentFrames)
            {
                peak = Math.Max(peak, bits / (frames / cut.FrameRate.ToDouble()));
            }
        }

        double average = all / (cut.FrameCount / cut.FrameRate.ToDouble());
        double highest = Math.Ceiling(Math.Max(peak, average));
        return highest <= int.MaxValue ? ((int)highest, (int)Math.Ceiling(average)) : null;
    }
}
