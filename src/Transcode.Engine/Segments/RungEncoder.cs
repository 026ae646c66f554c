using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Encodes the pictures of one segment of one rung, and writes them as chunks. Its encoder is fresh and knows
/// nothing but the recipe and these pictures.</summary>
internal sealed class RungEncoder : IDisposable
{
    private readonly VideoRecipe recipe;
    private readonly VideoCodec codec;
    private readonly int frameCount;
    private readonly Action<ReadOnlyMemory<byte>> onChunk;
    private readonly CmafWriter writer;
    private readonly List<CmafSample> pending = [];
    private readonly int halfSecondFrames;
    private readonly int ticksPerFrame;
    private readonly Encoder encoder;
    private readonly AvPacket packet = new();
    private readonly int start;
    private readonly EncoderWatch? watch;
    private int framesOut;

    /// <param name="grid">The source's.</param>
    /// <param name="index">Of the segment.</param>
    /// <param name="recipe">Of the rung.</param>
    /// <param name="onChunk">Receives each chunk as it is made; the memory is valid during the call only.</param>
    /// <param name="resume">Where the recipe's spare goes on; null for the recipe's own encoder, from the segment's begin.</param>
    /// <exception cref="AvException">The encoder does not open.</exception>
    public RungEncoder(Grid grid, int index, VideoRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk, ResumePoint? resume = null)
    {
        recipe = resume is null ? recipe : recipe.OfSpare(resume.BufferPercent);
        this.recipe = recipe;
        codec = VideoCodec.Of(recipe);
        this.onChunk = onChunk;
        start = framesOut = resume?.Frame ?? 0;
        frameCount = grid.FramesIn(index);
        ticksPerFrame = InitSegment.TicksPerFrame(recipe);
        halfSecondFrames = HalfSecondFrames(recipe.FrameRate);
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe);
        writer = new(lead + ((grid.FirstFrame(index) + start - codec.ReorderFramesOf(recipe)) * ticksPerFrame), ticksPerFrame, index, start);
        encoder = codec.Open(recipe, grid.SegmentFrames);
        try
        {
            watch = EncoderWatch.For(recipe, encoder.Header);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Frames of the next chunk. Chunks are of half a second; the first of these leaves in parts, an eighth of a
    /// second and then as much as went before: the first picture should not wait for those after it.</summary>
    /// <param name="framesOut">Frames of the segment that went before.</param>
    /// <param name="halfSecondFrames">Frames of half a second.</param>
    internal static int ChunkFrames(int framesOut, int halfSecondFrames) =>
        Math.Clamp(framesOut, Math.Max(1, halfSecondFrames / 4), halfSecondFrames);

    internal static int HalfSecondFrames(Rational frameRate) => (int)Math.Max(2, frameRate.RoundOf(1) / 2);

    /// <summary>Takes the next picture, shaped; its time is its number in the segment. Those before the place it goes on from were made by somebody else.</summary>
    public void Take(AvFrame picture)
    {
        if (picture.Pts < start)
        {
            return;
        }

        while (!encoder.TrySend(picture))
        {
            Drain();
        }

        Drain();
    }

    /// <summary>Once, after the last picture.</summary>
    public SegmentTally Finish()
    {
        encoder.TrySend(null);
        Drain();
        if (framesOut + pending.Count != frameCount)
        {
            throw new TranscodeException(
                FailureStage.Encode, FailureCause.Internal, $"The encoder gave {framesOut + pending.Count} pictures instead of {frameCount}.");
        }

        Flush();
        int made = framesOut - start;
        return new(recipe.Encoder, made, 0, (long)made * recipe.Width * recipe.Height);
    }

    public void Dispose()
    {
        encoder.Dispose();
        packet.Dispose();
    }

    private void Drain()
    {
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            // Every picture lasts one frame, so the decode time is a count.
            long decodeFrame = framesOut + pending.Count - codec.ReorderFramesOf(recipe);
            long offset = (packet.Pts ?? 0) - decodeFrame;
            byte[] sample = codec.ToSample(packet.Data);
            pending.Add(new(watch?.Look(sample, packet.IsKey, packet.Pts) ?? sample, packet.IsKey, checked((int)(offset * ticksPerFrame))));
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
            ReadOnlyMemory<byte> chunk = writer.Write(pending);
            watch?.Admit(chunk.Length, framesOut + pending.Count);
            onChunk(chunk);
            framesOut += pending.Count;
            pending.Clear();
        }
    }
}
