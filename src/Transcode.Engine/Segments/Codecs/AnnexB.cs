using System.Buffers.Binary;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>Turns a picture from start codes (Annex B of ITU-T H.264 and H.265), as encoders give it, into length-prefixed NAL units
/// (ISO/IEC 14496-15), as the file format holds it.</summary>
internal static class AnnexB
{
    private const int LengthBytes = 4;

    /// <param name="picture">NAL units, each behind a start code of three or four bytes.</param>
    /// <returns>The same NAL units, each behind its length in four bytes.</returns>
    /// <exception cref="FormatException">The picture does not begin with a start code.</exception>
    public static byte[] ToLengthPrefixed(ReadOnlySpan<byte> picture)
    {
        if (NextStartCode(picture, 0).Position != 0)
        {
            throw new FormatException("The encoder's output does not begin with a start code.");
        }

        // A three-byte start code becomes a four-byte length: at most a third more.
        byte[] output = new byte[picture.Length + (picture.Length / 3) + LengthBytes];
        int written = 0;
        (int position, int size) = NextStartCode(picture, 0);
        while (position < picture.Length)
        {
            int begin = position + size;
            (int next, size) = NextStartCode(picture, begin);
            ReadOnlySpan<byte> unit = picture[begin..next];
            BinaryPrimitives.WriteInt32BigEndian(output.AsSpan(written), unit.Length);
            unit.CopyTo(output.AsSpan(written + LengthBytes));
            written += LengthBytes + unit.Length;
            position = next;
        }

        return output[..written];
    }

    /// <summary>The next start code at or after an offset, with its size; the end of the data where there is none.</summary>
    private static (int Position, int Size) NextStartCode(ReadOnlySpan<byte> data, int from)
    {
        int found = data[from..].IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        if (found < 0)
        {
            return (data.Length, 0);
        }

        int position = from + found;
        // A zero byte before belongs to the start code, not to the unit it ends.
        return position > from && data[position - 1] == 0 ? (position - 1, 4) : (position, 3);
    }
}
