using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Captions;

/// <summary>Finds the captions that a compressed picture carries, without decoding it: <c>cc_data</c> of ATSC A/53 part 4, in user
/// data of MPEG-2 (6.2.3) and in SEI messages of H.264 (A/72 part 1, 6.4) and HEVC.</summary>
internal sealed class CaptionUnits
{
    private const byte UserDataStartCode = 0xB2;
    private const int AvcSei = 6;
    private const int HevcPrefixSei = 39;

    private readonly string codec;

    /// <summary>Of how many bytes the lengths before units are; 0 where they lie between start codes. The records of the file format
    /// (ISO/IEC 14496-15) begin with a version, start codes do not.</summary>
    private readonly int lengthBytes;

    private CaptionUnits(string codec, int lengthBytes)
    {
        this.codec = codec;
        this.lengthBytes = lengthBytes;
    }

    /// <returns>Null for codecs whose captions are not read.</returns>
    public static CaptionUnits? Of(AvStream stream) => Of(stream.CodecName, stream.Extradata);

    /// <inheritdoc cref="Of(AvStream)"/>
    internal static CaptionUnits? Of(string codec, ReadOnlySpan<byte> extradata) => codec switch
    {
        "mpeg2video" => new("mpeg2video", 0),
        "h264" => new("h264", extradata is [1, _, _, _, var length, ..] ? (length & 3) + 1 : 0),
        "hevc" => new("hevc", extradata is [1, ..] and { Length: > 22 } record ? (record[21] & 3) + 1 : 0),
        _ => null,
    };

    /// <summary>Adds the triplets of a picture: flags, and the pair of bytes.</summary>
    public void Read(ReadOnlySpan<byte> picture, List<byte> triplets)
    {
        while (TryTake(ref picture, out ReadOnlySpan<byte> unit))
        {
            if (codec == "mpeg2video" && unit[0] == UserDataStartCode)
            {
                AddUserData(unit[1..], triplets);
            }
            else if (codec == "h264" && (unit[0] & 0x1F) == AvcSei)
            {
                AddMessages(SeiMessages.Unescaped(unit[1..]), triplets);
            }
            else if (codec == "hevc" && ((unit[0] >> 1) & 0x3F) == HevcPrefixSei && unit.Length > 2)
            {
                AddMessages(SeiMessages.Unescaped(unit[2..]), triplets);
            }
        }
    }

    /// <summary>Takes the next unit off a picture, without its length or start code.</summary>
    private bool TryTake(ref ReadOnlySpan<byte> picture, out ReadOnlySpan<byte> unit)
    {
        unit = [];
        if (lengthBytes == 0)
        {
            int start = picture.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            if (start < 0 || start + 3 >= picture.Length)
            {
                return false;
            }

            picture = picture[(start + 3)..];
            int next = picture.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            unit = next > 0 ? picture[..next] : picture;
            picture = picture[unit.Length..];
            return true;
        }

        long length = 0;
        for (int i = 0; i < lengthBytes && i < picture.Length; i++)
        {
            length = (length << 8) | picture[i];
        }

        if (length < 1 || length > picture.Length - lengthBytes)
        {
            return false;
        }

        unit = picture.Slice(lengthBytes, (int)length);
        picture = picture[(lengthBytes + (int)length)..];
        return true;
    }

    private static void AddMessages(ReadOnlySpan<byte> unit, List<byte> triplets)
    {
        var messages = new SeiMessages(unit);
        while (messages.MoveNext())
        {
            // United States, and there ATSC.
            if (messages.Type == SeiMessages.RegisteredUserData && messages.Payload is [0xB5, 0x00, 0x31, .. var data])
            {
                AddUserData(data, triplets);
            }
        }
    }

    /// <summary>A/53 part 4, 6.2.3: a kind, a count and flags, a byte of no use, and the triplets.</summary>
    private static void AddUserData(ReadOnlySpan<byte> data, List<byte> triplets)
    {
        if (data is [(byte)'G', (byte)'A', (byte)'9', (byte)'4', 3, var flags, _, .. var rest] && (flags & 0x40) != 0)
        {
            int bytes = (flags & 0x1F) * 3;
            triplets.AddRange(rest[..Math.Min(bytes, rest.Length - (rest.Length % 3))]);
        }
    }
}
