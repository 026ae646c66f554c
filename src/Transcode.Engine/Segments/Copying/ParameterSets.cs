using System.Buffers.Binary;

namespace Transcode.Engine.Segments.Copying;

/// <summary>Says in an HEVC sample entry that it holds all parameter sets: as <c>hvc1</c> it must (ISO/IEC 14496-15, 8.3.2).
/// A source that calls itself <c>hev1</c> leaves that open.</summary>
internal static class ParameterSets
{
    private const byte Complete = 0x80;
    private const int ArraysAt = 22;

    /// <param name="init">An initialization segment; changed in place.</param>
    public static void CompleteIn(Span<byte> init)
    {
        int found = init.IndexOf("hvcC"u8);
        Span<byte> record = found < 0 ? [] : init[(found + 4)..];
        if (record.Length <= ArraysAt)
        {
            return;
        }

        int arrays = record[ArraysAt];
        for (int at = ArraysAt + 1; arrays > 0 && at + 3 <= record.Length; arrays--)
        {
            // Video, sequence and picture parameter sets are types 32 to 34.
            if ((record[at] & 0x3F) is >= 32 and <= 34)
            {
                record[at] |= Complete;
            }

            int units = BinaryPrimitives.ReadUInt16BigEndian(record[(at + 1)..]);
            at += 3;
            for (; units > 0 && at + 2 <= record.Length; units--)
            {
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(record[at..]);
            }
        }
    }
}
