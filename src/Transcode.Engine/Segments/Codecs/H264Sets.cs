using System.Buffers.Binary;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>Parameter sets of H.264 (ITU-T H.264, 7.3.2.1 and 7.3.2.2).</summary>
internal static class H264Sets
{
    public const int Slice = 1;
    public const int InstantRefresh = 5;
    public const int Sequence = 7;
    public const int Picture = 8;

    private const int TypeBits = 0x1F;
    private const int LengthBytes = 4;

    /// <summary>Of a NAL unit.</summary>
    public static int TypeOf(ReadOnlySpan<byte> unit) => unit.IsEmpty ? 0 : unit[0] & TypeBits;

    /// <summary>The units of a length-prefixed picture.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static List<byte[]> UnitsOf(ReadOnlySpan<byte> sample)
    {
        var units = new List<byte[]>();
        while (!sample.IsEmpty)
        {
            long length = sample.Length < LengthBytes ? -1 : BinaryPrimitives.ReadUInt32BigEndian(sample);
            if (length < 0 || length > sample.Length - LengthBytes)
            {
                throw new FormatException("A unit of the encoder's output is cut short.");
            }

            units.Add(sample.Slice(LengthBytes, (int)length).ToArray());
            sample = sample[(LengthBytes + (int)length)..];
        }

        return units;
    }

    /// <summary>A length-prefixed picture of these units.</summary>
    public static byte[] Join(IReadOnlyList<byte[]> units)
    {
        byte[] sample = new byte[units.Sum(unit => LengthBytes + unit.Length)];
        int at = 0;
        foreach (byte[] unit in units)
        {
            BinaryPrimitives.WriteInt32BigEndian(sample.AsSpan(at), unit.Length);
            unit.CopyTo(sample, at + LengthBytes);
            at += LengthBytes + unit.Length;
        }

        return sample;
    }

    /// <summary>The sets of an encoder's header, without what else may be in it.</summary>
    /// <param name="header">As libav has it (Annex B).</param>
    /// <exception cref="FormatException">It is no such header.</exception>
    public static List<byte[]> OfHeader(ReadOnlySpan<byte> header) =>
        header.IsEmpty ? [] : [.. UnitsOf(AnnexB.ToLengthPrefixed(header)).Where(unit => TypeOf(unit) is Sequence or Picture)];

    /// <summary>The sets that an initialization segment tells, each behind a start code (AVCDecoderConfigurationRecord, ISO/IEC 14496-15, 5.3.3.1).</summary>
    /// <returns>Empty where it tells none.</returns>
    public static byte[] OfInit(ReadOnlySpan<byte> init)
    {
        int found = init.IndexOf("avcC"u8);
        if (found < 0 || init.Length - found < 11)
        {
            return [];
        }

        ReadOnlySpan<byte> record = init[(found + 9)..];
        var sets = new List<byte>();
        foreach (int countBits in (ReadOnlySpan<int>)[0x1F, 0xFF])
        {
            int count = record.IsEmpty ? 0 : record[0] & countBits;
            record = record.IsEmpty ? [] : record[1..];
            for (; count > 0; count--)
            {
                int length = record.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(record);
                if (length > record.Length - 2)
                {
                    return [];
                }

                sets.AddRange([0, 0, 0, 1, .. record.Slice(2, length)]);
                record = record[(2 + length)..];
            }
        }

        return [.. sets];
    }

    /// <summary>The number a sequence's set has (seq_parameter_set_id, an Exp-Golomb code behind profile, constraints and level).</summary>
    /// <returns>−1 where it has none.</returns>
    public static int NumberOf(ReadOnlySpan<byte> sequence)
    {
        const int before = 4;
        int zeros = 0, bit = before * 8;
        for (; bit < sequence.Length * 8 && Bit(sequence, bit) == 0; bit++)
        {
            zeros++;
        }

        int value = 0;
        for (int i = 0; i <= zeros && zeros < 6; i++, bit++)
        {
            if (bit >= sequence.Length * 8)
            {
                return -1;
            }

            value = (value << 1) | Bit(sequence, bit);
        }

        return value - 1;
    }

    private static int Bit(ReadOnlySpan<byte> bytes, int bit) => (bytes[bit / 8] >> (7 - (bit % 8))) & 1;
}
