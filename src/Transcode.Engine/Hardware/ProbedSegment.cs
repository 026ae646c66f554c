using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Hardware;

/// <summary>A segment of the test pictures as players would get it.</summary>
/// <param name="File">Its initialization segment and itself, as one file.</param>
/// <param name="MediaBytes">Of the segment alone.</param>
/// <param name="FirstChunk">From opening the encoder to its first chunk.</param>
/// <param name="Elapsed">From opening the encoder to its last.</param>
internal sealed record ProbedSegment(byte[] File, long MediaBytes, TimeSpan FirstChunk, TimeSpan Elapsed)
{
    /// <exception cref="AvException">The encoder does not open, or fails.</exception>
    public static ProbedSegment Make(TestSource source, IReadOnlyList<AvFrame> pictures)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        using var media = new MemoryStream();
        using (var encoder = new RungEncoder(source.Description.Grid, 0, source.Recipe, chunk =>
        {
            first ??= Stopwatch.GetElapsedTime(started);
            media.Write(chunk.Span);
        }))
        {
            foreach (AvFrame picture in pictures)
            {
                encoder.Take(picture);
            }

            encoder.Finish();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        byte[] init = InitSegment.Make(source.Description, source.Recipe, () => throw new InvalidOperationException("A recipe of pictures needs no source."));
        return new([.. init, .. media.ToArray()], media.Length, first ?? elapsed, elapsed);
    }

    /// <summary>Decodes it.</summary>
    /// <param name="open">Opens the decoder of its stream.</param>
    /// <param name="onPicture">Receives each picture, in memory or on a device, with its number.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="AvException">It does not open, or some of it does not decode.</exception>
    public int Decode(Func<AvStream, Decoder> open, Action<AvFrame, int> onPicture)
    {
        using var container = Demuxer.Open(Read, File.Length, Containers.DemuxerOptions, "mov");
        using Decoder decoder = open(container.Stream(0));
        using var packet = new AvPacket();
        using var picture = new AvFrame();
        bool isPending = false, isLast = false;
        for (int number = 0; ;)
        {
            switch (decoder.Receive(picture))
            {
                case CodecAnswer.Delivered:
                    onPicture(picture, number++);
                    break;
                case CodecAnswer.NeedsInput:
                    isLast = isLast || (!isPending && !container.TryRead(packet));
                    isPending = !decoder.TrySend(isLast ? null : packet);
                    break;
                case CodecAnswer.Ended when !decoder.HasMetDamage:
                    return number;
                default:
                    throw new AvException(AvError.EIO, $"avcodec_receive_frame after {number} pictures");
            }
        }
    }

    private int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(File.Length - offset, 0, buffer.Length);
        File.AsSpan((int)Math.Min(offset, File.Length), count).CopyTo(buffer);
        return count;
    }
}
