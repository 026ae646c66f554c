namespace Transcode.Engine.Segments;

/// <summary>The messages of an SEI unit of H.264 or HEVC (both 7.3.2.3.1): a type and a size, each as bytes that are added up while they are 255.</summary>
/// <param name="unit">Without its header, and without the bytes that keep start codes out: see <see cref="Unescaped"/>.</param>
internal ref struct SeiMessages(ReadOnlySpan<byte> unit)
{
    /// <summary>Data registered by ITU-T T.35 (H.264, D.1.6; HEVC, D.2.6).</summary>
    public const int RegisteredUserData = 4;

    private ReadOnlySpan<byte> rest = unit;

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <returns>False after the last, and where the rest is none.</returns>
    public bool MoveNext()
    {
        if (!TryNumber(ref rest, out int type) || !TryNumber(ref rest, out int size) || size > rest.Length)
        {
            return false;
        }

        Type = type;
        Payload = rest[..size];
        rest = rest[size..];
        return true;
    }

    /// <summary>Without the bytes that keep start codes out (H.264, 7.4.1): a 3 after two zeros.</summary>
    public static byte[] Unescaped(ReadOnlySpan<byte> unit)
    {
        byte[] plain = new byte[unit.Length];
        int count = 0;
        for (int i = 0; i < unit.Length; i++)
        {
            if (unit[i] != 3 || i < 2 || unit[i - 1] != 0 || unit[i - 2] != 0)
            {
                plain[count++] = unit[i];
            }
        }

        return plain[..count];
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> bytes, out int number)
    {
        number = 0;
        while (!bytes.IsEmpty)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            number += next;
            if (next != 255)
            {
                return true;
            }
        }

        return false;
    }
}
