using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>Resamples whole pictures of one shape to another: 4:2:0, 4:2:2 or 4:4:4 of 8 or 10 bits to 4:2:0 of as many or
/// fewer. Code values keep their meaning: neither matrix nor range is touched. Not for two threads at once.</summary>
/// <remarks>Samples of colour lie in the target where they lie in the source, unless it is said where.</remarks>
internal sealed class PictureScaler : IDisposable
{
    private readonly PlanarFormat sourceFormat;
    private readonly PlanarFormat targetFormat;
    private readonly PlaneScaler luma;
    private readonly PlaneScaler chroma;
    private readonly int sourceHeight;
    private readonly int height;
    private readonly PicturePool pool;

    /// <param name="filter">To resample by.</param>
    /// <param name="picture">Of the shape that all are of; <see cref="Knows"/> says yes to it.</param>
    /// <param name="width">Of the target.</param>
    /// <param name="height">Of the target.</param>
    /// <param name="pixelFormat">libav's name of the target's.</param>
    /// <param name="siting">Of colour, in the source.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    /// <param name="targetSiting">Of colour, in the target; null for the same.</param>
    /// <exception cref="NotSupportedException">One of the formats is not for this scaler.</exception>
    public PictureScaler(
        ScaleFilter filter, AvFrame picture, int width, int height, string pixelFormat, ChromaSiting siting, LaneWidth lanes, ChromaSiting? targetSiting = null)
    {
        if (!Knows(picture, pixelFormat))
        {
            throw new NotSupportedException($"Pictures in {AvUtil.PixelFormatName(picture.Format)} cannot be scaled to {pixelFormat}.");
        }

        sourceFormat = PlanarFormat.Named(AvUtil.PixelFormatName(picture.Format))!;
        targetFormat = PlanarFormat.Named(pixelFormat)!;
        (int Width, int Height) source = (picture.Width, picture.Height);
        sourceHeight = source.Height;
        this.height = height;
        ComponentPlans plans = ComponentPlans.For(filter, sourceFormat, source, targetFormat, (width, height), siting, targetSiting);
        luma = PlaneScaler.For(plans.Luma, lanes);
        chroma = PlaneScaler.For(plans.Chroma, lanes);
        pool = new(width, height, AvUtil.av_get_pix_fmt(pixelFormat), Enumerable.Range(0, PlanarFormat.Planes).Select(plane => (
            (plane == 0 ? width : targetFormat.Across(width, siting).Size) * (targetFormat.Bits > 8 ? 2 : 1),
            targetFormat.Rows(plane, height))));
    }

    /// <summary>Whether pictures of such a format can be scaled to that one.</summary>
    public static bool Knows(AvFrame picture, string pixelFormat) =>
        PlanarFormat.Named(AvUtil.PixelFormatName(picture.Format)) is { } source
        && PlanarFormat.Named(pixelFormat) is { ColumnStep: 2, RowStep: 2 } target
        && target.Bits <= source.Bits;

    /// <summary>Whether a picture's rows lie one below the other, as they must.</summary>
    public static bool Takes(AvFrame picture) =>
        picture.Stride(0) > 0 && picture.Stride(1) > 0 && picture.Stride(2) > 0;

    /// <param name="picture">Of the shape this was made for.</param>
    /// <param name="output">Whatever it held before is given back.</param>
    public void Scale(AvFrame picture, AvFrame output)
    {
        pool.Take(output, picture);
        for (int plane = 0; plane < PlanarFormat.Planes; plane++)
        {
            (plane == 0 ? luma : chroma).Scale(
                picture.Plane(plane, sourceFormat.Rows(plane, sourceHeight)),
                picture.Stride(plane),
                output.Plane(plane, targetFormat.Rows(plane, height)),
                output.Stride(plane));
        }
    }

    public void Dispose() => pool.Dispose();
}
