using System.Text;

namespace Appliance.Fuzz.Targets;

/// <summary>Texts as inputs, and inputs as texts.</summary>
internal static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[][] Of(params string[] texts) => [.. texts.Select(Of)];

    public static string Utf8(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>As headers come in: each byte a character.</summary>
    public static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Whether a text can be written as UTF-8 and read again.</summary>
    public static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
