using System.Buffers;
using System.Buffers.Binary;

namespace Transcode.Engine.Segments;

/// <summary>One coded picture or block of sound, in decode order.</summary>
/// <param name="Data">Its bytes.</param>
/// <param name="IsSync">Whether decoding can start here.</param>
/// <param name="CompositionOffset">Presentation minus decode time, in ticks of the track; at least 0.</param>
/// <param name="Lasts">How many times the track's usual duration it lasts, at least 1.</param>
internal readonly record struct CmafSample(ReadOnlyMemory<byte> Data, bool IsSync, int CompositionOffset, int Lasts = 1);

/// <summary>Writes a media segment as CMAF chunks: <c>styp</c> once, then <c>moof</c> + <c>mdat</c> a chunk (ISO/IEC 14496-12
/// and 23000-19). Decode times are absolute, so that any segment can be decoded without the ones before it.</summary>
/// <param name="firstDecodeTime">Of the segment, in the track's timescale.</param>
/// <param name="ticksPerSample">A sample's usual duration.</param>
/// <param name="segmentIndex">Number of the segment: chunk sequence numbers follow from it.</param>
/// <param name="chunksBefore">Not less than the chunks of the segment that somebody else wrote: it then goes on in the middle.</param>
internal sealed class CmafWriter(long firstDecodeTime, int ticksPerSample, int segmentIndex, int chunksBefore = 0)
{
    /// <summary>The one track of the file, as the initialization segment numbers it.</summary>
    private const uint TrackId = 1;

    /// <summary>Sequence numbers kept for each segment, more than its chunks can be.</summary>
    private const uint SequenceStride = 1024;

    private const uint SyncSampleFlags = 0x0200_0000;
    private const uint DependentSampleFlags = 0x0101_0000;

    private readonly ArrayBufferWriter<byte> output = new(64 * 1024);
    private long decodeTime = firstDecodeTime;
    private uint chunksWritten = (uint)chunksBefore;

    /// <summary>Frames a chunk of the given samples.</summary>
    /// <returns>The chunk's bytes, valid until the next call.</returns>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<CmafSample> samples)
    {
        output.ResetWrittenCount();
        if (chunksWritten == 0)
        {
            WriteSegmentType();
        }

        int moofStart = output.WrittenCount;
        bool areUneven = samples.Any(sample => sample.Lasts != 1);
        int runSize = 20 + (samples.Count * (areUneven ? 16 : 12));
        int moofSize = 8 + 16 + 8 + 20 + 20 + runSize;
        WriteMovieFragment(samples, areUneven, runSize, moofSize);
        if (output.WrittenCount - moofStart != moofSize)
        {
            throw new InvalidOperationException("A movie fragment is not as long as its data offset says.");
        }

        Box(8 + samples.Sum(s => s.Data.Length), "mdat"u8);
        foreach (CmafSample sample in samples)
        {
            output.Write(sample.Data.Span);
        }

        decodeTime += samples.Sum(sample => (long)sample.Lasts * ticksPerSample);
        chunksWritten++;
        return output.WrittenMemory;
    }

    private void WriteSegmentType()
    {
        Box(24, "styp"u8);
        output.Write("cmfs"u8);
        UInt32(0);
        output.Write("cmfs"u8);
        output.Write("iso6"u8);
    }

    private void WriteMovieFragment(IReadOnlyList<CmafSample> samples, bool areUneven, int runSize, int moofSize)
    {
        const uint defaultBaseIsMoof = 0x02_0000;
        const uint defaultDurationPresent = 0x08;
        const uint dataOffsetPresent = 0x01;
        const uint sampleDurationPresent = 0x100;
        const uint sampleSizePresent = 0x200;
        const uint sampleFlagsPresent = 0x400;
        const uint compositionOffsetPresent = 0x800;

        Box(moofSize, "moof"u8);

        FullBox(16, "mfhd"u8, 0, 0);
        UInt32(((uint)segmentIndex * SequenceStride) + chunksWritten + 1);

        Box(moofSize - 8 - 16, "traf"u8);

        FullBox(20, "tfhd"u8, 0, defaultBaseIsMoof | defaultDurationPresent);
        UInt32(TrackId);
        UInt32((uint)ticksPerSample);

        FullBox(20, "tfdt"u8, 1, 0);
        UInt64((ulong)decodeTime);

        FullBox(runSize, "trun"u8, 1,
            dataOffsetPresent | (areUneven ? sampleDurationPresent : 0) | sampleSizePresent | sampleFlagsPresent | compositionOffsetPresent);
        UInt32((uint)samples.Count);
        UInt32((uint)(moofSize + 8));
        foreach (CmafSample sample in samples)
        {
            if (areUneven)
            {
                UInt32(checked((uint)(sample.Lasts * ticksPerSample)));
            }

            UInt32((uint)sample.Data.Length);
            UInt32(sample.IsSync ? SyncSampleFlags : DependentSampleFlags);
            UInt32(checked((uint)sample.CompositionOffset));
        }
    }

    private void Box(int size, ReadOnlySpan<byte> type)
    {
        UInt32((uint)size);
        output.Write(type);
    }

    private void FullBox(int size, ReadOnlySpan<byte> type, byte version, uint flags)
    {
        Box(size, type);
        UInt32(((uint)version << 24) | flags);
    }

    private void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    private void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(8), value);
        output.Advance(8);
    }
}
