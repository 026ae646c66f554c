using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Transcode.Engine.Segments;

/// <summary>RFC 6381 codec strings, read from what an initialization segment really holds.</summary>
public static class CodecString
{
    /// <summary>As <c>avc1.64001f</c> (from the profile, constraint and level bytes of avcC, ISO/IEC 14496-15),
    /// <c>hvc1.2.4.L93.B0</c> (hvcC, annex E there), <c>av01.0.04M.10.0.110.09.16.09.0</c> (av1C and colr, AV1 Codec ISO Media
    /// File Format Binding, 5) or <c>mp4a.40.2</c>.</summary>
    /// <param name="init">The whole initialization segment.</param>
    /// <exception cref="FormatException">It holds no sample entry known here.</exception>
    public static string FromInit(ReadOnlySpan<byte> init)
    {
        if (Payload(init, "avcC"u8, 4) is [_, var profile, var constraints, var level, ..])
        {
            return string.Create(CultureInfo.InvariantCulture, $"avc1.{profile:x2}{constraints:x2}{level:x2}");
        }

        if (Payload(init, "hvcC"u8, 13) is { IsEmpty: false } hevc)
        {
            return Hevc(hevc, init.IndexOf("hvc1"u8) >= 0 ? "hvc1" : "hev1");
        }

        if (Payload(init, "av1C"u8, 4) is { IsEmpty: false } av1)
        {
            return Av1(av1, Payload(init, "colrnclx"u8, 7));
        }

        return init.IndexOf("mp4a"u8) >= 0
            ? "mp4a.40.2"
            : throw new FormatException("The initialization segment holds no known sample entry.");
    }

    /// <summary>What follows a box's type, or nothing where there is no such box or less than is needed.</summary>
    private static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> init, ReadOnlySpan<byte> type, int needed)
    {
        int found = init.IndexOf(type);
        return found >= 0 && found + type.Length + needed <= init.Length ? init[(found + type.Length)..] : [];
    }

    /// <summary>HEVCDecoderConfigurationRecord: profile space, tier and profile in the second byte, 32 compatibility flags,
    /// six bytes of constraints, the level.</summary>
    private static string Hevc(ReadOnlySpan<byte> record, string entry)
    {
        string[] spaces = ["", "A", "B", "C"];
        char tier = (record[1] & 0x20) != 0 ? 'H' : 'L';
        uint compatibility = ReverseBits(BinaryPrimitives.ReadUInt32BigEndian(record[2..]));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{entry}.{spaces[record[1] >> 6]}{record[1] & 0x1F}.{compatibility:X}.{tier}{record[12]}");
        foreach (byte constraint in record[6..12].TrimEnd((byte)0))
        {
            text.Append(CultureInfo.InvariantCulture, $".{constraint:X}");
        }

        return text.ToString();
    }

    /// <summary>The fields after the bit depth are left out where all are what they are without: 4:2:0, chroma siting unknown,
    /// BT.709, limited range.</summary>
    private static string Av1(ReadOnlySpan<byte> record, ReadOnlySpan<byte> color)
    {
        char tier = (record[2] & 0x80) != 0 ? 'H' : 'M';
        int depth = (record[2] & 0x20) != 0 ? 12 : (record[2] & 0x40) != 0 ? 10 : 8;
        string coded = string.Create(CultureInfo.InvariantCulture, $"av01.{record[1] >> 5}.{record[1] & 0x1F:00}{tier}.{depth:00}");
        // Monochrome, the two subsampling flags, and the chroma position where both are subsampled.
        string sampling = string.Create(
            CultureInfo.InvariantCulture,
            $"{(record[2] >> 4) & 1}.{(record[2] >> 3) & 1}{(record[2] >> 2) & 1}{((record[2] & 0x0C) == 0x0C ? record[2] & 3 : 0)}");
        // colr of type nclx: primaries, transfer, matrix, 16 bits each, and the flag of full range (ISO/IEC 14496-12, 12.1.5).
        string colors = color.IsEmpty
            ? "01.01.01.0"
            : string.Create(CultureInfo.InvariantCulture, $"{color[1]:00}.{color[3]:00}.{color[5]:00}.{color[6] >> 7}");
        return (sampling, colors) is ("0.110", "01.01.01.0") ? coded : $"{coded}.{sampling}.{colors}";
    }

    private static uint ReverseBits(uint value)
    {
        uint reversed = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            reversed |= ((value >> bit) & 1) << (31 - bit);
        }

        return reversed;
    }
}
