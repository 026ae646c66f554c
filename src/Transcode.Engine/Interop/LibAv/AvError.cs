using System.Text;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libav's result codes. EAGAIN and EOF are answers, every other negative code is an error.</summary>
internal static class AvError
{
    public const int EAGAIN = -11;
    public const int EIO = -5;
    public const int ENOMEM = -12;
    public const int EINVAL = -22;

    /// <summary>FFERRTAG('E','O','F',' ').</summary>
    public const int EOF = -0x20464F45;

    /// <summary>FFERRTAG('E','X','I','T'): a callback asked to stop.</summary>
    public const int EXIT = -0x54495845;

    /// <summary>Passes on what is not an error.</summary>
    /// <exception cref="AvException">The code is negative.</exception>
    public static int ThrowIfNegative(int code, string operation) =>
        code >= 0 ? code : throw new AvException(code, operation);

    /// <summary>libav's own words for a code.</summary>
    public static string Describe(int code)
    {
        Span<byte> text = stackalloc byte[128];
        AvUtil.av_strerror(code, text, (nuint)text.Length);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(text[..(end < 0 ? text.Length : end)]);
    }
}
