using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Copying;

/// <summary>How coded pictures lie in the file format, as far as it must be known to pass them on: whether decoding can begin
/// at one with nothing of what went before.</summary>
internal sealed class CodedForm
{
    private const int NotStarted = -1;

    private readonly string codec;
    private readonly int lengthBytes;
    private readonly byte[] record;

    private CodedForm(string codec, int lengthBytes, ReadOnlySpan<byte> record)
    {
        this.codec = codec;
        this.lengthBytes = lengthBytes;
        this.record = record.ToArray();
    }

    /// <summary>Null for what browsers do not take: they take H.264 in 8 bits, Baseline, Main or High, and HEVC and AV1 Main in 8 and
    /// 10 bits, all of them 4:2:0.</summary>
    public static CodedForm? Of(AvStream stream)
    {
        bool isEight = AvUtil.PixelFormatName(stream.Format) is "yuv420p" or "yuvj420p";
        bool isTen = AvUtil.PixelFormatName(stream.Format) is "yuv420p10le";
        ReadOnlySpan<byte> record = stream.Extradata;
        return stream.CodecName switch
        {
            // AVCDecoderConfigurationRecord, HEVCDecoderConfigurationRecord (ISO/IEC 14496-15), AV1CodecConfigurationRecord.
            "h264" when isEight && record is [1, 66 or 77 or 100, _, _, var length, _, _, ..] => new("h264", (length & 3) + 1, record),
            "hevc" when (isEight || isTen) && record.Length > 22 && record[0] == 1 && (record[1] & 0x1F) is 1 or 2 => new("hevc", (record[21] & 3) + 1, record),
            "av1" when (isEight || isTen) && record is [0x81, <= 0x1F, _, _, ..] => new("av1", 0, record),
            _ => null,
        };
    }

    /// <summary>Whether pictures are decoded in the order they are shown, always.</summary>
    public bool IsInOrder => codec == "av1";

    /// <summary>The sample entry that says all parameter sets lie in the header, where the source's own is one of this codec's;
    /// else null.</summary>
    public string? EntryFor(string found) => (codec, found) switch
    {
        ("h264", "avc1" or "avc3") => "avc1",
        ("hevc", "hvc1" or "hev1") => "hvc1",
        ("av1", "av01") => "av01",
        _ => null,
    };

    /// <summary>Whether a sample is a whole picture that refers to nothing, and after which nothing refers to what was before
    /// it: an IDR picture of H.264, a random access point of HEVC, a shown key frame of AV1. Pictures of HEVC that come after
    /// in the stream and are shown before are the caller's concern.</summary>
    public bool BeginsAfresh(ReadOnlySpan<byte> sample)
    {
        int first = codec == "av1" ? FirstFrameHeader(sample) : FirstPictureUnit(sample);
        return codec switch
        {
            "h264" => first == 5,
            "hevc" => first is >= 16 and <= 21,
            // AV1 specification, 5.9.2: show_existing_frame 0, frame_type KEY_FRAME (0), show_frame 1.
            _ => first != NotStarted && (first & 0xF0) == 0x10,
        };
    }

    /// <summary>Whether a sample brings parameter sets that the header does not have: from there on it is another video.</summary>
    public bool HasForeignSets(ReadOnlySpan<byte> sample)
    {
        while (TryTakeUnit(ref sample, out ReadOnlySpan<byte> unit))
        {
            if (IsParameterSet(unit) && !IsInHeader(unit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The sample without the parameter sets that the header has: many sources repeat them at every keyframe, and in a
    /// stream whose header has them all they have no place.</summary>
    public byte[] ToSample(ReadOnlySpan<byte> sample)
    {
        byte[] output = sample.ToArray();
        int written = 0;
        ReadOnlySpan<byte> left = sample;
        while (TryTakeUnit(ref left, out ReadOnlySpan<byte> unit))
        {
            if (!IsParameterSet(unit) || !IsInHeader(unit))
            {
                int whole = lengthBytes + unit.Length;
                sample.Slice(sample.Length - left.Length - whole, whole).CopyTo(output.AsSpan(written));
                written += whole;
            }
        }

        // What is no unit stays as it is.
        left.CopyTo(output.AsSpan(written));
        return output[..(written + left.Length)];
    }

    /// <summary>Type of the first unit that holds a slice: 1 to 5 in H.264 (7.4.1), 0 to 31 in HEVC (7.4.2.2).</summary>
    private int FirstPictureUnit(ReadOnlySpan<byte> sample)
    {
        while (TryTakeUnit(ref sample, out ReadOnlySpan<byte> unit))
        {
            int type = TypeOf(unit);
            if (codec == "h264" ? type is >= 1 and <= 5 : type <= 31)
            {
                return type;
            }
        }

        return NotStarted;
    }

    private bool IsParameterSet(ReadOnlySpan<byte> unit) =>
        codec == "h264" ? TypeOf(unit) is 7 or 8 : TypeOf(unit) is >= 32 and <= 34;

    private bool IsInHeader(ReadOnlySpan<byte> unit) => record.AsSpan().IndexOf(unit) >= 0;

    private int TypeOf(ReadOnlySpan<byte> unit) => codec == "h264" ? unit[0] & 0x1F : (unit[0] >> 1) & 0x3F;

    /// <summary>Takes the next unit off a sample, without its length. AV1 has none of this kind.</summary>
    private bool TryTakeUnit(ref ReadOnlySpan<byte> sample, out ReadOnlySpan<byte> unit)
    {
        unit = [];
        if (lengthBytes == 0 || sample.Length <= lengthBytes)
        {
            return false;
        }

        long length = 0;
        foreach (byte part in sample[..lengthBytes])
        {
            length = (length << 8) | part;
        }

        if (length < 1 || length > sample.Length - lengthBytes)
        {
            return false;
        }

        unit = sample.Slice(lengthBytes, (int)length);
        sample = sample[(lengthBytes + (int)length)..];
        return true;
    }

    /// <summary>First byte of the first frame's header (AV1 specification, 5.3: open bitstream units).</summary>
    private static int FirstFrameHeader(ReadOnlySpan<byte> sample)
    {
        const int frameHeader = 3, frame = 6, extensionFlag = 0x04, sizeFlag = 0x02;
        while (sample.Length > 2)
        {
            int type = (sample[0] >> 3) & 0xF;
            int at = (sample[0] & extensionFlag) != 0 ? 2 : 1;
            long size = sample.Length - at;
            if ((sample[0] & sizeFlag) != 0 && !TryReadLeb128(sample, ref at, out size))
            {
                return NotStarted;
            }

            if (size < 0 || size > sample.Length - at)
            {
                return NotStarted;
            }

            if (type is frameHeader or frame)
            {
                return size > 0 ? sample[at] : NotStarted;
            }

            sample = sample[(at + (int)size)..];
        }

        return NotStarted;
    }

    /// <summary>AV1 specification, 4.10.5: seven bits a byte, the least first.</summary>
    private static bool TryReadLeb128(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (int i = 0; i < 5 && at < bytes.Length; i++)
        {
            byte next = bytes[at++];
            value |= (long)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
