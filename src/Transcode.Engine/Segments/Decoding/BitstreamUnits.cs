namespace Transcode.Engine.Segments.Decoding;

/// <summary>What open bitstream units of AV1 say (AV1 specification, 5.3) that a device may do otherwise than software.</summary>
internal static class BitstreamUnits
{
    private const int SequenceHeader = 1;
    private const int Metadata = 5;

    /// <summary>Whether grain is to be laid over the pictures. How that comes out is a decoder's own to the last step, so such are not a device's.</summary>
    /// <returns>What the last sequence header says; null where there is none, or the units are damaged.</returns>
    public static bool? SayGrain(ReadOnlySpan<byte> units)
    {
        bool? said = null;
        while (TryTake(ref units, out int type, out ReadOnlySpan<byte> unit))
        {
            said = type == SequenceHeader ? LastFlag(unit) : said;
        }

        return units.IsEmpty ? said : null;
    }

    /// <summary>Whether there are messages that may be read into what is known of a single picture: of other kinds than the brightness and the mastering display, which
    /// are the film's (6.7.2).</summary>
    public static bool SayMore(ReadOnlySpan<byte> units)
    {
        while (TryTake(ref units, out int type, out ReadOnlySpan<byte> unit))
        {
            if (type == Metadata && unit is not [1 or 2, ..])
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>False after the last, and at damage: then something is left.</returns>
    private static bool TryTake(ref ReadOnlySpan<byte> units, out int type, out ReadOnlySpan<byte> unit)
    {
        type = 0;
        unit = [];
        if (units.IsEmpty)
        {
            return false;
        }

        bool hasSize = (units[0] & 2) != 0;
        int at = (units[0] & 4) != 0 ? 2 : 1;
        if (at > units.Length || !TrySize(units, hasSize, ref at, out int size))
        {
            return false;
        }

        type = (units[0] >> 3) & 0xF;
        unit = units.Slice(at, size);
        units = units[(at + size)..];
        return true;
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
