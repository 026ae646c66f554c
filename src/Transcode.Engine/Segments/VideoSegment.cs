using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one video segment: decode → shape on one thread, encode → mux on the caller's.</summary>
internal sealed class VideoSegment
{
    /// <summary>Pictures between the two threads: the limit of memory, and enough to ride out an uneven picture.</summary>
    private const int PicturesAhead = 4;

    private readonly SourceReader source;
    private readonly SourceDescription description;
    private readonly VideoRecipe recipe;
    private readonly VideoCodec codec;
    private readonly long firstFrame;
    private readonly int frameCount;
    private readonly Action<ReadOnlyMemory<byte>> onChunk;
    private readonly CmafWriter writer;
    private readonly List<CmafSample> pending = [];
    private readonly int halfSecondFrames;
    private readonly int ticksPerFrame;
    private long pixelsIn;
    private int framesOut;

    public VideoSegment(
        SourceReader source, SegmentOrder order, VideoRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk)
    {
        this.source = source;
        this.recipe = recipe;
        codec = VideoCodec.Of(recipe);
        this.onChunk = onChunk;
        description = order.Source;
        firstFrame = description.Grid.FirstFrame(order.Index);
        frameCount = description.Grid.FramesIn(order.Index);
        ticksPerFrame = InitSegment.TicksPerFrame(recipe);
        halfSecondFrames = HalfSecondFrames(recipe.FrameRate);
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe);
        writer = new(lead + ((firstFrame - codec.ReorderFrames) * ticksPerFrame), ticksPerFrame, order.Index);
    }

    /// <summary>Frames of the next chunk. Chunks are of half a second; the first of these leaves in parts, an eighth of a
    /// second and then as much as went before: the first picture should not wait for those after it.</summary>
    /// <param name="framesOut">Frames of the segment that went before.</param>
    /// <param name="halfSecondFrames">Frames of half a second.</param>
    internal static int ChunkFrames(int framesOut, int halfSecondFrames) =>
        Math.Clamp(framesOut, Math.Max(1, halfSecondFrames / 4), halfSecondFrames);

    internal static int HalfSecondFrames(Rational frameRate) => (int)Math.Max(2, frameRate.RoundOf(1) / 2);

    public SegmentTally Make(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var pictures = new BlockingCollection<AvFrame>(PicturesAhead);
        ExceptionDispatchInfo? decodeFault = null;
        var decoding = new Thread(() => decodeFault = Catch(() => Decode(pictures, stop.Token))) { Name = "decode" };
        decoding.Start();
        ExceptionDispatchInfo? encodeFault = Catch(() => Encode(pictures, cancellationToken));
        stop.Cancel();
        decoding.Join();
        foreach (AvFrame left in pictures)
        {
            left.Dispose();
        }

        // What stopped the decoder is the cause, that the encoder then ran dry is not; but a decoder stopped because the
        // encoder failed only says that it was stopped.
        bool decoderWasStopped = decodeFault?.SourceException is OperationCanceledException && encodeFault is not null;
        (decoderWasStopped ? encodeFault : decodeFault ?? encodeFault)?.Throw();
        return new(recipe.Encoder, framesOut, pixelsIn, (long)framesOut * recipe.Width * recipe.Height);
    }

    private void Decode(BlockingCollection<AvFrame> pictures, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new PictureReader(source, description, firstFrame, recipe.Deinterlacer);
            using var shaper = new PictureShaper(
                description.Video!.RotationDegrees, recipe.Width, recipe.Height, recipe.PixelFormat, recipe.Matrix, fullRange: false,
                ColorConversion.For(description.Video, recipe));
            for (int i = 0; i < frameCount; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var shaped = new AvFrame();
                shaper.Shape(reader.PictureAt(firstFrame + i), shaped);
                shaped.Pts = i;
                shaped.PictureType = 0;
                pixelsIn = reader.DecodedPixels;
                pictures.Add(shaped, cancellationToken);
            }
        }
        finally
        {
            pictures.CompleteAdding();
        }
    }

    private void Encode(BlockingCollection<AvFrame> pictures, CancellationToken cancellationToken)
    {
        using Encoder encoder = codec.Open(recipe, description.Grid.SegmentFrames);
        using var packet = new AvPacket();
        foreach (AvFrame picture in pictures.GetConsumingEnumerable(cancellationToken))
        {
            using (picture)
            {
                while (!encoder.TrySend(picture))
                {
                    Drain(encoder, packet);
                }
            }

            Drain(encoder, packet);
        }

        encoder.TrySend(null);
        Drain(encoder, packet);
        if (framesOut + pending.Count != frameCount)
        {
            throw new TranscodeException(
                FailureStage.Encode, FailureCause.Internal, $"The encoder gave {framesOut + pending.Count} pictures instead of {frameCount}.");
        }

        Flush();
    }

    private void Drain(Encoder encoder, AvPacket packet)
    {
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            // Every picture lasts one frame, so the decode time is a count.
            long decodeFrame = framesOut + pending.Count - codec.ReorderFrames;
            long offset = (packet.Pts ?? 0) - decodeFrame;
            pending.Add(new(codec.ToSample(packet.Data), packet.IsKey, checked((int)(offset * ticksPerFrame))));
            if (pending.Count >= ChunkFrames(framesOut, halfSecondFrames))
            {
                Flush();
            }
        }
    }

    private void Flush()
    {
        if (pending.Count > 0)
        {
            onChunk(writer.Write(pending));
            framesOut += pending.Count;
            pending.Clear();
        }
    }

    private static ExceptionDispatchInfo? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
