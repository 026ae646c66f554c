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

    /// <summary>To encode a segment within its promise. One more suffices as a rule.</summary>
    private const int Attempts = 4;

    /// <summary>In bits a second: less than this is not asked for, whatever was promised.</summary>
    private const int LeastRate = 32_000;

    public SegmentTally Make(CancellationToken cancellationToken)
    {
        const int size = AudioRecipe.SamplesPerFrame;
        Grid grid = order.Source.Grid;
        long firstFrame = grid.FirstAudioFrame(order.Index, recipe.SampleRate, size);
        long endFrame = grid.FirstAudioFrame(order.Index + 1, recipe.SampleRate, size);
        int frames = checked((int)(endFrame - firstFrame));
        long runInFrame = firstFrame - RunInFrames;

        var reader = new SoundReader(source, order.Source, recipe.StreamIndex);
        float[][] sound = reader.Read(runInFrame * size, (RunInFrames + frames + RunOutFrames) * size, recipe.SampleRate, recipe.Channels, cancellationToken);
        long lead = (long)Grid.MediaClockLeadSeconds * recipe.SampleRate;
        var writer = new CmafWriter(lead + (firstFrame * size), size, order.Index);

        // A short last segment is not counted (RFC 8216, 4.3.4.2).
        bool isCounted = order.Index == 0 || frames * 2 >= grid.FirstAudioFrame(1, recipe.SampleRate, size);
        long mostBits = isCounted ? Promise.AudioSegmentBits(recipe, frames) : long.MaxValue;
        List<CmafSample> samples = EncodeWithin(mostBits, sound, firstFrame, frames, cancellationToken);

        // One chunk: two seconds of sound take some tens of milliseconds, and players hold back pieces of sound that are
        // ahead of the picture.
        onChunk(writer.Write(samples));
        return new(recipe.Encoder, frames, 0, 0);
    }

    /// <summary>The encoder takes more than its rate at the beginning of some sounds, and a short film may be nothing else. It is
    /// then told less, until it keeps what the rendition promised.</summary>
    private List<CmafSample> EncodeWithin(long mostBits, float[][] sound, long firstFrame, int frames, CancellationToken cancellationToken)
    {
        int rate = recipe.BitRate;
        for (int attempt = 1; ; attempt++)
        {
            List<CmafSample> samples = Encode(recipe with { BitRate = rate }, sound, firstFrame, frames, cancellationToken);
            long bits = samples.Sum(sample => 8L * sample.Data.Length);
            int less = (int)(rate * Math.Max(0.5, 0.95 * mostBits / bits));
            if (bits <= mostBits || attempt == Attempts || less < LeastRate)
            {
                return samples;
            }

            rate = less;
        }
    }

    private List<CmafSample> Encode(AudioRecipe told, float[][] sound, long firstFrame, int frames, CancellationToken cancellationToken)
    {
        const int size = AudioRecipe.SamplesPerFrame;
        var samples = new List<CmafSample>(frames);
        using Encoder encoder = Aac.Open(told);
        using var packet = new AvPacket();
        using var block = new AvFrame();
        for (int i = 0; i < RunInFrames + frames + RunOutFrames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(block, sound, i * size);
            block.Pts = (firstFrame - RunInFrames + i) * size;
            while (!encoder.TrySend(block))
            {
                Drain();
            }

            Drain();
        }

        encoder.TrySend(null);
        Drain();
        return samples.Count == frames
            ? samples
            : throw new TranscodeException(
                FailureStage.Encode, FailureCause.Internal, $"The encoder gave {samples.Count} frames of sound instead of {frames}.");

        void Drain()
        {
            while (encoder.Receive(packet) == CodecAnswer.Delivered)
            {
                // A packet's time is that of the samples it completes, the encoder's delay already taken off.
                long frame = (packet.Pts ?? 0) / size;
                if (frame >= firstFrame && frame < firstFrame + frames)
                {
                    samples.Add(new(packet.Data.ToArray(), IsSync: true, CompositionOffset: 0));
                }
            }
        }
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
}
