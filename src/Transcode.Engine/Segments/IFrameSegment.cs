using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one segment of an I-frame rendition: a single IDR picture that lasts until the next.</summary>
internal static class IFrameSegment
{
    public static SegmentTally Make(SourceReader source, SegmentOrder order, IFrameRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk)
    {
        VideoRecipe look = recipe.Picture;
        Grid grid = order.Source.Grid;
        long frame = recipe.FirstFrame(grid, order.Index);
        long lasts = recipe.FirstFrame(grid, order.Index + 1) - frame;
        using var reader = new PictureReader(source, order.Source, frame, look.Deinterlacer);
        using PictureShaper shaper = PictureShaper.For(order.Source.Video!, look, PictureDevice.None);
        using var shaped = new AvFrame();
        using ShotPeaks? peaks = ShotPeaks.For(order.Source.Video!, look.ToneMap);
        AvFrame picture = reader.PictureAt(frame);
        shaper.Shape(picture, shaped, peaks?.Alone(picture));
        shaped.Pts = 0;
        shaped.PictureType = 0;

        VideoCodec codec = VideoCodec.Of(look);
        using Encoder encoder = codec.Open(look, segmentFrames: 1);
        encoder.TrySend(shaped);
        encoder.TrySend(null);
        using var packet = new AvPacket();
        if (encoder.Receive(packet) != CodecAnswer.Delivered)
        {
            throw new TranscodeException(FailureStage.Encode, FailureCause.Internal, "The encoder gave no picture.");
        }

        int ticksPerFrame = InitSegment.TicksPerFrame(look);
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(look);
        var writer = new CmafWriter(lead + (frame * ticksPerFrame), checked((int)(lasts * ticksPerFrame)), order.Index);
        onChunk(writer.Write([new(codec.ToSample(packet.Data), IsSync: true, CompositionOffset: 0)]));
        return new(recipe.Encoder, 1, reader.DecodedPixels, (long)look.Width * look.Height);
    }
}
