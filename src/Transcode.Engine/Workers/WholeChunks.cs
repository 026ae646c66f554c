using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Transcode.Engine.Workers;

/// <summary>Hands on a segment chunk by whole chunk (<c>moof</c> and <c>mdat</c>), so that after each somebody else can go on, and counts the pictures in them.
/// What an encoder that failed had begun is kept back and forgotten.</summary>
/// <param name="onChunk">Receives whole chunks; the memory is valid until its task ends.</param>
internal sealed class WholeChunks(Func<ReadOnlyMemory<byte>, ValueTask> onChunk) : IDisposable
{
    private const int BoxHeader = 8;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ArrayBufferWriter<byte> kept = new();

    /// <summary>Pictures that were handed on.</summary>
    public int Frames { get; private set; }

    /// <summary>Bytes that were handed on.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether a chunk is begun and not whole.</summary>
    public bool IsAmidst => kept.WrittenCount > 0;

    public async ValueTask TakeAsync(ReadOnlyMemory<byte> piece)
    {
        kept.Write(piece.Span);
        while (WholeLength(kept.WrittenSpan, out int frames) is > 0 and var length)
        {
            ArrayBufferWriter<byte> whole = kept;
            kept = new();
            kept.Write(whole.WrittenSpan[length..]);
            hash.AppendData(whole.WrittenSpan[..length]);
            Frames += frames;
            Bytes += length;
            await onChunk(whole.WrittenMemory[..length]).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets the chunk that was begun.</summary>
    public void DropBegun() => kept = new();

    /// <summary>Lower-case hexadecimal SHA-256 of all that was handed on.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public void Dispose() => hash.Dispose();

    /// <summary>Bytes up to the end of the first <c>mdat</c>, or 0 where it is not all there.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes, out int frames)
    {
        frames = 0;
        for (int at = 0; at + BoxHeader <= bytes.Length;)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            ReadOnlySpan<byte> type = bytes.Slice(at + 4, 4);
            if (size < BoxHeader)
            {
                throw new TranscodeException(FailureStage.Mux, FailureCause.Internal, "A segment's chunk is not made of boxes.");
            }

            if (at + size > bytes.Length)
            {
                return 0;
            }

            ReadOnlySpan<byte> body = bytes.Slice(at + BoxHeader, (int)size - BoxHeader);
            frames += type.SequenceEqual("moof"u8) ? SamplesIn(body) : 0;
            at += (int)size;
            if (type.SequenceEqual("mdat"u8))
            {
                return at;
            }
        }

        return 0;
    }

    /// <summary>Of the runs of a movie fragment: a full box whose count follows its version and flags.</summary>
    private static int SamplesIn(ReadOnlySpan<byte> boxes)
    {
        int samples = 0;
        for (int at = 0; at + BoxHeader <= boxes.Length;)
        {
            int size = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(boxes[at..]), BoxHeader, (uint)(boxes.Length - at));
            ReadOnlySpan<byte> type = boxes.Slice(at + 4, 4);
            ReadOnlySpan<byte> body = boxes.Slice(at + BoxHeader, size - BoxHeader);
            samples += type.SequenceEqual("traf"u8) ? SamplesIn(body)
                : type.SequenceEqual("trun"u8) && body.Length >= 8 ? BinaryPrimitives.ReadInt32BigEndian(body[4..])
                : 0;
            at += size;
        }

        return samples;
    }
}
