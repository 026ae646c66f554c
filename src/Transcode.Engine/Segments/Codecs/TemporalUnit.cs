namespace Transcode.Engine.Segments.Codecs;

/// <summary>Turns an AV1 temporal unit, as encoders give it (AV1 specification, 5: low-overhead bitstream format), into a
/// sample of the file format (AV1 Codec ISO Media File Format Binding, 2.4): without temporal delimiters and padding.</summary>
internal static class TemporalUnit
{
    private const int TemporalDelimiter = 2;
    private const int Padding = 15;
    private const int ExtensionFlag = 0x04;
    private const int HasSizeFlag = 0x02;

    /// <param name="unit">Open bitstream units, each with its size.</param>
    /// <returns>The same units but those the file format leaves out.</returns>
    /// <exception cref="FormatException">A unit has no size, or is longer than what there is.</exception>
    public static byte[] ToSample(ReadOnlySpan<byte> unit)
    {
        byte[] output = new byte[unit.Length];
        int written = 0;
        while (unit.Length > 0)
        {
            int length = LengthOfFirst(unit);
            int type = (unit[0] >> 3) & 0xF;
            if (type is not TemporalDelimiter and not Padding)
            {
                unit[..length].CopyTo(output.AsSpan(written));
                written += length;
            }

            unit = unit[length..];
        }

        return output[..written];
    }

    private static int LengthOfFirst(ReadOnlySpan<byte> units)
    {
        int at = (units[0] & ExtensionFlag) != 0 ? 2 : 1;
        if ((units[0] & HasSizeFlag) == 0)
        {
            throw new FormatException("A unit of the encoder's output has no size.");
        }

        // leb128 (4.10.5): seven bits a byte, the least first, at most eight bytes.
        long size = 0;
        for (int i = 0; i < 8 && at < units.Length; i++)
        {
            byte next = units[at++];
            size |= (long)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return size <= units.Length - at ? at + (int)size : throw new FormatException("A unit of the encoder's output is cut short.");
            }
        }

        throw new FormatException("A unit of the encoder's output has no valid size.");
    }
}
