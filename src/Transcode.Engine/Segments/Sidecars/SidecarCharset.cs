using System.Text;

namespace Transcode.Engine.Segments.Sidecars;

/// <summary>In which characters a file of words is written. It seldom says so: a byte order mark is taken at its word; without
/// one, what is UTF-8 throughout is UTF-8, and all else is taken to be Windows-1252, in which any bytes are a text.</summary>
internal static class SidecarCharset
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What Windows-1252 has where ISO 8859-1 has its controls, from 0x80 to 0x9F (Unicode's table of it, with five controls left as they are). All
    /// else is the same in both. .NET's own tables of code pages would be 0.8 MB in the release, for these.</summary>
    private const string Western =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The marks of Unicode (23.8), and what follows them.</summary>
    private static readonly Encoding[] Marked = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    /// <returns>UTF-8 without a mark.</returns>
    public static byte[] ToUtf8(byte[] file)
    {
        if (Marked.FirstOrDefault(encoding => file.AsSpan().StartsWith(encoding.Preamble)) is { } marked)
        {
            int mark = marked.Preamble.Length;
            return Encoding.UTF8.GetBytes(marked.GetString(file, mark, file.Length - mark));
        }

        try
        {
            Strict.GetCharCount(file);
            return file;
        }
        catch (DecoderFallbackException)
        {
            return Strict.GetBytes(FromWestern(file));
        }
    }

    private static char[] FromWestern(byte[] file) => Array.ConvertAll(file, octet => octet is >= 0x80 and < 0xA0 ? Western[octet - 0x80] : (char)octet);
}
