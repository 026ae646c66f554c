using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Copying;

/// <summary>Makes one segment of the source's own video: its coded pictures, from the one shown at the segment's first frame to
/// the one before the next segment's, at the times at which all other rungs show them. No decoder has a part in it.</summary>
internal static class CopySegment
{
    /// <summary>Bytes of a segment: 100 Mb/s over two seconds, more than browsers buffer with ease. Sources with more are not
    /// offered.</summary>
    public const int MaxBytes = 24 * 1024 * 1024;

    /// <exception cref="TranscodeException">The pictures are not what the source's own table says.</exception>
    public static SegmentTally Make(SourceReader source, SegmentOrder order, CopyRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk)
    {
        Grid grid = order.Source.Grid;
        if (CodedForm.Of(source.Container.Stream(recipe.StreamIndex)) is not { } form)
        {
            throw Refused();
        }

        long first = grid.FirstFrame(order.Index);
        long end = grid.FirstFrame(order.Index + 1);
        List<CopiedPicture> pictures = Read(source, form, order.Source, recipe.StreamIndex, first, end);
        long[] shown = [.. pictures.Select(picture => picture.Frame).Order()];
        if (!IsWhole(form, recipe, pictures, shown, first))
        {
            throw Refused();
        }

        int ticksPerFrame = InitSegment.TicksPerFrame(recipe);
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe);
        var writer = new CmafWriter(lead + ((first - recipe.ReorderFrames) * ticksPerFrame), ticksPerFrame, order.Index);
        int halfSecond = RungEncoder.HalfSecondFrames(recipe.FrameRate);
        for (int written = 0; written < shown.Length;)
        {
            int count = Math.Min(RungEncoder.ChunkFrames(written, halfSecond), shown.Length - written);
            onChunk(writer.Write([.. Enumerable.Range(written, count).Select(Sample)]));
            written += count;
        }

        return new(recipe.Encoder, pictures.Count, 0, 0);

        // The n-th picture is decoded ahead of the n-th place by the same frames everywhere: so decode times rise, and meet
        // those of the next segment.
        CmafSample Sample(int n)
        {
            long offset = pictures[n].Frame - shown[n] + recipe.ReorderFrames;
            long lasts = (n + 1 < shown.Length ? shown[n + 1] : end) - shown[n];
            return new(pictures[n].Data, IsSync: n == 0, checked((int)(offset * ticksPerFrame)), checked((int)lasts));
        }
    }

    /// <summary>In decode order. A first picture that comes late is shown from the segment's beginning, as everywhere.</summary>
    private static List<CopiedPicture> Read(
        SourceReader source, CodedForm form, SourceDescription described, int streamIndex, long first, long end)
    {
        var clock = new FrameClock(
            new StreamClock(source.Container.Stream(streamIndex).TimeBase, described.OriginMicroseconds), described.Grid.FrameRate);
        using var run = PacketRun.Find(source, streamIndex, clock.LimitTicks(first), withOneBefore: false);
        using var packet = new AvPacket();
        var pictures = new List<CopiedPicture>();
        for (long bytes = 0; bytes <= MaxBytes && pictures.Count <= end - first && run.TryTake(packet); bytes += packet.Size)
        {
            long frame = packet.Pts is not { } time ? -1
                : first == 0 && pictures.Count == 0 ? 0
                : clock.FrameOf(time);
            if (frame >= end)
            {
                break;
            }

            pictures.Add(new(frame, packet.IsKey, form.ToSample(packet.Data)));
        }

        return pictures;
    }

    private static bool IsWhole(CodedForm form, CopyRecipe recipe, List<CopiedPicture> pictures, long[] shown, long first) =>
        pictures.Count > 0
        && pictures[0].IsKey
        && shown[0] == first && pictures[0].Frame == first
        && shown.Zip(shown.Skip(1)).All(pair => pair.First < pair.Second)
        && pictures.Zip(shown).All(pair => pair.Second - pair.First.Frame <= recipe.ReorderFrames)
        && pictures.Sum(picture => (long)picture.Data.Length) <= MaxBytes
        && form.BeginsAfresh(pictures[0].Data.Span);

    private static TranscodeException Refused() => new(
        FailureStage.Demux, FailureCause.OutOfRange, "The source's video is not what its table of pictures says: it cannot be passed on here.");

    /// <param name="Frame">Of the grid, at which it is shown first.</param>
    /// <param name="IsKey">As the container says.</param>
    /// <param name="Data">As it is passed on.</param>
    private readonly record struct CopiedPicture(long Frame, bool IsKey, ReadOnlyMemory<byte> Data);
}
