using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>What a pixel format's name tells.</summary>
internal static class PixelFormats
{
    /// <summary>Bits a sample: libav's names carry it where it is above 8, as in <c>yuv420p10le</c> or <c>p010le</c>.</summary>
    public static int BitDepth(int format)
    {
        string name = AvUtil.PixelFormatName(format);
        return name.Contains("p016", StringComparison.Ordinal) || name.Contains("p16", StringComparison.Ordinal) || name.Contains("48", StringComparison.Ordinal) || name.Contains("64", StringComparison.Ordinal) ? 16
            : name.Contains("p14", StringComparison.Ordinal) ? 14
            : name.Contains("12", StringComparison.Ordinal) ? 12
            : name.Contains("10", StringComparison.Ordinal) ? 10
            : name.Contains("p9", StringComparison.Ordinal) ? 9
            : 8;
    }
}
