namespace Transcode.Engine.Segments.Decoding;

/// <summary>The NAL units of a packet of H.264 or HEVC, as its container frames them.</summary>
/// <param name="data">The packet's.</param>
/// <param name="lengthBytes">Of the length before each unit, 1 to 4; 0 where they stand behind start codes (Annex B).</param>
internal ref struct NalUnits(ReadOnlySpan<byte> data, int lengthBytes)
{
    private static ReadOnlySpan<byte> StartCode => [0, 0, 1];

    private ReadOnlySpan<byte> rest = data;

    /// <summary>Without what frames it; never empty.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether the packet is none of such units from here on.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The length before each unit, as a container's description of the codec tells it (ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1).</summary>
    /// <param name="format">libav's name of the codec.</param>
    /// <param name="description">The codec's, as the container has it.</param>
    public static int LengthBytesOf(string format, ReadOnlySpan<byte> description) => format switch
    {
        "h264" when description is [1, _, _, _, var sizes, _, _, ..] => (sizes & 3) + 1,
        "hevc" when description.Length > 22 && (description[0] != 0 || description[1] != 0 || description[2] > 1) => (description[21] & 3) + 1,
        _ => 0,
    };

    public bool MoveNext()
    {
        if (IsBroken || rest.IsEmpty)
        {
            return false;
        }

        IsBroken = !(lengthBytes == 0 ? TryStartCode() : TryLength());
        return !IsBroken;
    }

    private bool TryLength()
    {
        if (rest.Length < lengthBytes)
        {
            return false;
        }

        uint length = 0;
        foreach (byte next in rest[..lengthBytes])
        {
            length = (length << 8) | next;
        }

        rest = rest[lengthBytes..];
        if (length == 0 || length > rest.Length)
        {
            return false;
        }

        Current = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    private bool TryStartCode()
    {
        int start = rest.IndexOf(StartCode);
        if (start < 0 || rest[..start].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        rest = rest[(start + StartCode.Length)..];
        int end = rest.IndexOf(StartCode);
        end = end < 0 ? rest.Length : end;
        Current = rest[..end].TrimEnd((byte)0);
        rest = rest[end..];
        return !Current.IsEmpty;
    }
}
