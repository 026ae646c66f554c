using System.Globalization;

namespace Transcode.Engine.Segments;

/// <summary>RFC 6381 codec strings, read from what an initialization segment really holds.</summary>
public static class CodecString
{
    /// <summary>As <c>avc1.64001f</c> (from the profile, constraint and level bytes of avcC, ISO/IEC 14496-15) or
    /// <c>mp4a.40.2</c>.</summary>
    /// <param name="init">The whole initialization segment.</param>
    /// <exception cref="FormatException">It holds no sample entry known here.</exception>
    public static string FromInit(ReadOnlySpan<byte> init)
    {
        int avcC = init.IndexOf("avcC"u8);
        if (avcC >= 0 && avcC + 8 <= init.Length)
        {
            ReadOnlySpan<byte> record = init[(avcC + 4)..];
            return string.Create(CultureInfo.InvariantCulture, $"avc1.{record[1]:x2}{record[2]:x2}{record[3]:x2}");
        }

        return init.IndexOf("mp4a"u8) >= 0
            ? "mp4a.40.2"
            : throw new FormatException("The initialization segment holds no known sample entry.");
    }
}
