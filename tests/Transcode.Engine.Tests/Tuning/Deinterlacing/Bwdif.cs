using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tests.Tuning.Deinterlacing;

/// <summary>Where libavfilter's own is the witness to the byte, and where it no longer is: since FFmpeg 7 it makes the rows nearest to the
/// upper and lower edge otherwise in the first and the last field, which have no neighbour. Ours are those of FFmpeg 5.1 whatever is installed.</summary>
internal static class Bwdif
{
    private const int EdgeRows = 3;

    public static bool MakesEdgesOtherwise => LibAv.Layout.AvFilter > 8;

    /// <summary>What can be compared of all fields of a film: what cannot is zero.</summary>
    public static byte[] Comparable(byte[] fields, int count, string format, int width, int height)
    {
        byte[] comparable = [.. fields];
        if (MakesEdgesOtherwise)
        {
            int field = fields.Length / count;
            RawPicture.ClearEdges(comparable.AsSpan(0, field), format, width, height, EdgeRows);
            RawPicture.ClearEdges(comparable.AsSpan(field * (count - 1)), format, width, height, EdgeRows);
        }

        return comparable;
    }
}
