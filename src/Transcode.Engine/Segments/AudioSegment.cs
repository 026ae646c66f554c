using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one audio segment. AAC frames overlap, so a fresh encoder is run in on the sound before the segment, and
/// on past its end, and what it gives there is dropped: two neighbouring segments then agree at their boundary.</summary>
internal sealed class AudioSegment(
    SourceReader source, SegmentOrder order, AudioRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk)
{
    /// <summary>Frames before the segment. Without any, signal to noise at the boundary is 7 dB; from four on it is as good as
    /// inside, and what is left is how the encoder's rate control settles.</summary>
    private const int RunInFrames = 12;

    /// <summary>Frames after the segment: the encoder looks one ahead to choose its windows, and gives each frame one later.</summary>
    private const int RunOutFrames = 3;

    private readonly List<CmafSample> samples = [];

    public SegmentTally Make(CancellationToken cancellationToken)
    {
        const int size = AudioRecipe.SamplesPerFrame;
        Grid grid = order.Source.Grid;
        long firstFrame = grid.FirstAudioFrame(order.Index, recipe.SampleRate, size);
        long endFrame = grid.FirstAudioFrame(order.Index + 1, recipe.SampleRate, size);
        int frames = checked((int)(endFrame - firstFrame));
        long runInFrame = firstFrame - RunInFrames;
        int feedFrames = RunInFrames + frames + RunOutFrames;

        var reader = new SoundReader(source, order.Source, recipe.StreamIndex);
        float[][] sound = reader.Read(runInFrame * size, feedFrames * size, recipe.SampleRate, recipe.Channels, cancellationToken);
        long lead = (long)Grid.MediaClockLeadSeconds * recipe.SampleRate;
        var writer = new CmafWriter(lead + (firstFrame * size), size, order.Index);

        using Encoder encoder = Aac.Open(recipe);
        using var packet = new AvPacket();
        using var block = new AvFrame();
        for (int i = 0; i < feedFrames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(block, sound, i * size);
            block.Pts = (runInFrame + i) * size;
            while (!encoder.TrySend(block))
            {
                Drain(encoder, packet, firstFrame, endFrame);
            }

            Drain(encoder, packet, firstFrame, endFrame);
        }

        encoder.TrySend(null);
        Drain(encoder, packet, firstFrame, endFrame);
        if (samples.Count != frames)
        {
            throw new TranscodeException(
                FailureStage.Encode, FailureCause.Internal, $"The encoder gave {samples.Count} frames of sound instead of {frames}.");
        }

        // One chunk: two seconds of sound take some tens of milliseconds, and players hold back pieces of sound that are
        // ahead of the picture.
        onChunk(writer.Write(samples));
        return new(recipe.Encoder, frames, 0, 0);
    }

    private void Fill(AvFrame block, float[][] sound, int from)
    {
        block.Clear();
        block.SetChannels(recipe.Channels);
        block.Format = LibAv.Layout.SampleFormats.Fltp;
        block.SampleRate = recipe.SampleRate;
        block.SampleCount = AudioRecipe.SamplesPerFrame;
        block.Allocate();
        for (int channel = 0; channel < recipe.Channels; channel++)
        {
            sound[channel].AsSpan(from, AudioRecipe.SamplesPerFrame).CopyTo(block.Samples(channel));
        }
    }

    private void Drain(Encoder encoder, AvPacket packet, long firstFrame, long endFrame)
    {
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            // A packet's time is that of the samples it completes, the encoder's delay already taken off.
            long frame = (packet.Pts ?? 0) / AudioRecipe.SamplesPerFrame;
            if (frame >= firstFrame && frame < endFrame)
            {
                samples.Add(new(packet.Data.ToArray(), IsSync: true, CompositionOffset: 0));
            }
        }
    }
}
