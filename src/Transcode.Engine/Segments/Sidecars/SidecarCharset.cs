using System.Text;

namespace Transcode.Engine.Segments.Sidecars;

/// <summary>In which characters a file of words is written. It seldom says so: a byte order mark is taken at its word; without
/// one, what is UTF-8 throughout is UTF-8, and all else is taken to be Windows-1252, in which any bytes are a text.</summary>
internal static class SidecarCharset
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

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
            return Encoding.Convert(Western, Strict, file);
        }
    }
}
