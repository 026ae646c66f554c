using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>What of a packet decides whether it is decoded, as libav's own decoders have it.</summary>
/// <param name="IsUnreferenced">Whether no other picture refers to it (nal_ref_idc, ITU-T H.264, 7.4.1; sub-layer non-reference pictures, ITU-T H.265, table 7-1).</param>
/// <param name="StandsAlone">Whether decoding can begin with it.</param>
/// <param name="IsSkippedLeading">Whether it cannot be decoded where decoding began with the random access point before it (RASL).</param>
/// <param name="Why">Why a device is not to have it; null where it may.</param>
internal readonly record struct CodedPicture(bool IsUnreferenced, bool StandsAlone, bool IsSkippedLeading, string? Why)
{
    /// <param name="format">libav's name of the codec.</param>
    /// <param name="lengthBytes">As <see cref="NalUnits"/>.</param>
    /// <param name="packet">A picture, or a temporal unit of AV1 with the one picture that it shows.</param>
    public static CodedPicture Of(string format, int lengthBytes, AvPacket packet) => format switch
    {
        "h264" => OfH264(new(packet.Data, lengthBytes)),
        "hevc" => OfHevc(new(packet.Data, lengthBytes)),
        _ => new(false, packet.IsKey, false, null),
    };

    private static CodedPicture OfH264(NalUnits units)
    {
        bool isReferenced = false, isInstant = false, isPicture = false, isApart = false;
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
        }

        return new(isPicture && !isReferenced, isInstant, false, WhyNot(units, isPicture) ?? (isApart ? "its pictures come in partitions" : null));
    }

    private static CodedPicture OfHevc(NalUnits units)
    {
        bool isReferenced = false, isRandomAccess = false, isSkipped = false, isPicture = false, isLayered = false;
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
            }
        }

        return new(isPicture && !isReferenced, isRandomAccess, isSkipped, WhyNot(units, isPicture) ?? (isLayered ? "its pictures lie in layers" : null));
    }

    private static string? WhyNot(NalUnits units, bool isPicture) => units.IsBroken ? "a packet is damaged" : isPicture ? null : "a packet has no picture";
}
