using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Where the first sample of colour lies, in pixels from the picture's edges, where it stands for two pixels: 0.5 is
/// the middle of the first pixel, 1 lies between the two, 1.5 is the middle of the second.</summary>
/// <param name="Across">From the left.</param>
/// <param name="Down">From the top.</param>
internal readonly record struct ChromaSiting(double Across, double Down)
{
    /// <summary>On every other column, between two rows: what ITU-T H.264 and H.265 (annex E) have decoders take where nothing is said.</summary>
    public static ChromaSiting Left { get; } = new(0.5, 1);

    /// <summary>On every other column and row, as ITU-R BT.2020 has it.</summary>
    public static ChromaSiting TopLeft { get; } = new(0.5, 0.5);

    /// <param name="picture">Says it, or leaves it to the custom of its colours.</param>
    public static ChromaSiting Of(AvFrame picture) => picture.ChromaLocation switch
    {
        AvUtil.AVCHROMA_LOC_LEFT => Left,
        AvUtil.AVCHROMA_LOC_CENTER => new(1, 1),
        AvUtil.AVCHROMA_LOC_TOPLEFT => TopLeft,
        AvUtil.AVCHROMA_LOC_TOP => new(1, 0.5),
        AvUtil.AVCHROMA_LOC_BOTTOMLEFT => new(0.5, 1.5),
        AvUtil.AVCHROMA_LOC_BOTTOM => new(1, 1.5),
        _ => picture.ColorSpace is AvUtil.AVCOL_SPC_BT2020_NCL or AvUtil.AVCOL_SPC_BT2020_CL ? TopLeft : Left,
    };

    /// <summary>Where it lies once the picture is turned clockwise.</summary>
    /// <param name="degrees">0, 90, 180 or 270.</param>
    /// <param name="width">Before the turn, in pixels.</param>
    /// <param name="height">Before the turn.</param>
    public ChromaSiting Turned(int degrees, int width, int height) => degrees switch
    {
        90 => new(Mirrored(Down, height), Across),
        180 => new(Mirrored(Across, width), Mirrored(Down, height)),
        270 => new(Down, Mirrored(Across, width)),
        _ => this,
    };

    /// <summary>The last sample becomes the first; of an odd number of pixels, it stood for one alone.</summary>
    private static double Mirrored(double first, int pixels) => (pixels % 2 == 0 ? 2 : 1) - first;
}
