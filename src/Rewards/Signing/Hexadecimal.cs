using System.Buffers;

namespace Rewards.Signing;

/// <summary>Bytes as Ethereum writes them: <c>0x</c>, then two digits each.</summary>
internal static class Hexadecimal
{
    public static string Write(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <param name="text">Digits of either case, with or without <c>0x</c>.</param>
    /// <param name="bytes">Filled where <paramref name="text"/> says just as many.</param>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.StartsWith("0x"))
        {
            text = text[2..];
        }

        return text.Length == bytes.Length * 2
            && Convert.FromHexString(text, bytes, out _, out int written) == OperationStatus.Done
            && written == bytes.Length;
    }
}
