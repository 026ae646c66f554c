using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>What of a packet decides whether it is decoded, as libav's own decoders have it.</summary>
/// <param name="IsUnreferenced">Whether no other picture refers to it (nal_ref_idc, ITU-T H.264, 7.4.1; sub-layer non-reference pictures, ITU-T H.265, table 7-1).</param>
/// <param name="StandsAlone">Whether decoding can begin with it.</param>
/// <param name="IsSkippedLeading">Whether it cannot be decoded where decoding began with the random access point before it (RASL).</param>
/// <param name="Why">Why a device is not to have it; null where it may.</param>
internal readonly record struct CodedPicture(bool IsUnreferenced, bool StandsAlone, bool IsSkippedLeading, string? Why)
{
    private const string Says = "messages lie among its pictures, as captions do, which a device may not hand on";

    /// <param name="format">libav's name of the codec.</param>
    /// <param name="lengthBytes">As <see cref="NalUnits"/>.</param>
    /// <param name="packet">A picture, or a temporal unit of AV1 with the one picture that it shows.</param>
    public static CodedPicture Of(string format, int lengthBytes, AvPacket packet) => format switch
    {
        "h264" => OfH264(new(packet.Data, lengthBytes)),
        "hevc" => OfHevc(new(packet.Data, lengthBytes)),
        "av1" => new(false, packet.IsKey, false, BitstreamUnits.SayMore(packet.Data) ? Says : null),
        _ => new(false, packet.IsKey, false, null),
    };

    private static CodedPicture OfH264(NalUnits units)
    {
        bool isReferenced = false, isInstant = false, isPicture = false, isApart = false, saysMore = false;
        while (units.MoveNext())
        {
            int type = units.Current[0] & 0x1F;
            if (type is >= 1 and <= 5)
            {
                isPicture = true;
                isReferenced |= (units.Current[0] & 0x60) != 0;
                isInstant |= type == 5;
                isApart |= type is >= 2 and <= 4;
            }

            saysMore |= type == 6 && SaysMore(units.Current[1..]);
        }

        return new(isPicture && !isReferenced, isInstant, false, WhyNot(units, isPicture) ?? (isApart ? "its pictures come in partitions" : saysMore ? Says : null));
    }

    private static CodedPicture OfHevc(NalUnits units)
    {
        bool isReferenced = false, isRandomAccess = false, isSkipped = false, isPicture = false, isLayered = false, saysMore = false, isDropping = false;
        while (units.MoveNext())
        {
            ReadOnlySpan<byte> unit = units.Current;
            int type = (unit[0] >> 1) & 0x3F;
            if (type < 32 && unit.Length > 1)
            {
                isPicture = true;
                isReferenced |= type > 14 || type % 2 != 0;
                isRandomAccess |= type is >= 16 and <= 21;
                isSkipped |= type is 8 or 9;
                isLayered |= (unit[0] & 1) != 0 || unit[1] != 1;

                // no_output_of_prior_pics_flag (7.3.6.1).
                isDropping |= type is >= 16 and <= 23 && unit.Length > 2 && (unit[2] & 0x40) != 0;
            }

            saysMore |= type is 39 or 40 && unit.Length > 2 && SaysMore(unit[2..]);
        }

        return new(
            isPicture && !isReferenced,
            isRandomAccess,
            isSkipped,
            WhyNot(units, isPicture) ?? (isLayered ? "its pictures lie in layers" : isDropping ? "pictures are dropped before others" : saysMore ? Says : null));
    }

    /// <summary>Whether an SEI unit has messages that may be read into what is known of a single picture, as captions, HDR10+ and grain are; not those of buffering,
    /// timing, the encoder's own words, recovery points, parameter sets in use, digests, and of the mastering display and brightness, which are the film's (H.264 and HEVC, annex D).</summary>
    private static bool SaysMore(ReadOnlySpan<byte> unit)
    {
        var messages = new SeiMessages(SeiMessages.Unescaped(unit));
        while (messages.MoveNext())
        {
            if (messages.Type is not (0 or 1 or 5 or 6 or 129 or 132 or 137 or 144))
            {
                return true;
            }
        }

        return false;
    }

    private static string? WhyNot(NalUnits units, bool isPicture) => units.IsBroken ? "a packet is damaged" : isPicture ? null : "a packet has no picture";
}
