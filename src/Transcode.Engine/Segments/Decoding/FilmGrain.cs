namespace Transcode.Engine.Segments.Decoding;

/// <summary>Whether an AV1 stream says that grain is to be laid over its pictures. How that comes out is a decoder's own to the last step, so such are not a device's.</summary>
internal static class FilmGrain
{
    private const int SequenceHeader = 1;

    /// <param name="units">Open bitstream units (AV1 specification, 5.3).</param>
    /// <returns>What the last sequence header among them says; null where there is none, or they are damaged.</returns>
    public static bool? SaidIn(ReadOnlySpan<byte> units)
    {
        bool? said = null;
        while (!units.IsEmpty)
        {
            int type = (units[0] >> 3) & 0xF;
            bool hasSize = (units[0] & 2) != 0;
            int at = (units[0] & 4) != 0 ? 2 : 1;
            if (at > units.Length || !TrySize(units, hasSize, ref at, out int size))
            {
                return null;
            }

            if (type == SequenceHeader)
            {
                said = LastFlag(units.Slice(at, size));
            }

            units = units[(at + size)..];
        }

        return said;
    }

    /// <summary>The flag film_grain_params_present is the header's last (5.5.1), before a one and zeros to the end (5.3.4).</summary>
    private static bool? LastFlag(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> said = header.TrimEnd((byte)0);
        if (said.IsEmpty)
        {
            return null;
        }

        int bit = int.TrailingZeroCount(said[^1]) + 1;
        return bit < 8 ? (said[^1] >> bit & 1) != 0
            : said.Length > 1 ? (said[^2] & 1) != 0
            : null;
    }

    /// <summary>leb128 (4.10.5).</summary>
    private static bool TrySize(ReadOnlySpan<byte> units, bool hasSize, ref int at, out int size)
    {
        long sum = 0;
        bool isWhole = !hasSize;
        for (int i = 0; i < 8 && !isWhole && at < units.Length; i++)
        {
            byte next = units[at++];
            sum |= (long)(next & 0x7F) << (7 * i);
            isWhole = (next & 0x80) == 0;
        }

        sum = hasSize ? sum : units.Length - at;
        size = isWhole && sum <= units.Length - at ? (int)sum : 0;
        return isWhole && sum <= units.Length - at;
    }
}
