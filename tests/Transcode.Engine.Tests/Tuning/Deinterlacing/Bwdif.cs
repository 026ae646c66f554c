using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tests.Tuning.Deinterlacing;

/// <summary>Where libavfilter's own is the witness to the byte, and where it no longer is: from FFmpeg 7 on it makes rows near the upper and
/// the lower edge otherwise in the first and the last field, which have no neighbour, and from FFmpeg 9 on, of more than eight bits, in the others
/// too. Ours are those of FFmpeg 5.1 whatever is installed.</summary>
internal static class Bwdif
{
    private static readonly bool IsOurs = LibAv.Layout.Name == "5.x";
    private static readonly bool HasOtherDeepFields = LibAv.Layout.Name == "9.x";

    /// <summary>Rows at each edge that are not compared.</summary>
    /// <param name="bits">Of a sample.</param>
    /// <param name="isOuter">Whether it is the first or the last field.</param>
    public static int EdgeRows(int bits, bool isOuter) => IsOurs ? 0 : HasOtherDeepFields && bits > 8 ? 6 : isOuter ? 3 : 0;

    /// <summary>What can be compared of all fields of a film: what cannot is zero.</summary>
    public static byte[] Comparable(byte[] fields, int count, string format, int width, int height)
    {
        byte[] comparable = [.. fields];
        bool isDeep = format.EndsWith("le", StringComparison.Ordinal);
        int field = fields.Length / count;
        for (int number = 0; number < count; number++)
        {
            int edge = EdgeRows(isDeep ? 16 : 8, number == 0 || number == count - 1);
            RawPicture.ClearEdges(comparable.AsSpan(number * field, field), format, width, height, edge);
        }

        return comparable;
    }
}
