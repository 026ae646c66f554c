using System.Text;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Texts as OpenCL gives them: bytes that end with a zero, with blanks around them where makers please.</summary>
internal static class ClText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }
}
