using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>Maps whole pictures of one shape from HDR to SDR, as a plan says. Not for two threads at once.</summary>
internal sealed class PictureToneMapper : IDisposable
{
    private const string SourceFormat = "yuv420p10le";

    private readonly ToneMapper mapper;
    private readonly int height;
    private readonly PicturePool pool;

    /// <param name="plan">What to compute.</param>
    /// <param name="picture">Of the shape that all are of; <see cref="Knows"/> says yes to its format and the plan's siting.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    /// <exception cref="NotSupportedException">The format is not for this.</exception>
    public PictureToneMapper(ToneMapPlan plan, AvFrame picture, LaneWidth lanes)
    {
        if (!Knows(AvUtil.PixelFormatName(picture.Format), plan.Siting))
        {
            throw new NotSupportedException($"Pictures in {AvUtil.PixelFormatName(picture.Format)} cannot be tone-mapped.");
        }

        height = picture.Height;
        mapper = ToneMapper.For(plan, picture.Width, lanes);
        int halfWidth = (picture.Width + 1) / 2, halfHeight = (height + 1) / 2;
        pool = new(picture.Width, height, AvUtil.av_get_pix_fmt(plan.TargetBits == 8 ? "yuv420p" : SourceFormat),
        [
            (picture.Width * plan.TargetBytes, height), (halfWidth * plan.TargetBytes, halfHeight), (halfWidth * plan.TargetBytes, halfHeight),
        ]);
    }

    /// <summary>Whether such pictures can be mapped, their colours being what a plan takes them for.</summary>
    /// <param name="pixelFormat">libav's name of it.</param>
    /// <param name="siting">Of their colour.</param>
    public static bool Knows(string pixelFormat, ChromaSiting siting) =>
        BitConverter.IsLittleEndian && pixelFormat == SourceFormat && ToneMapPlan.Knows(siting);

    /// <summary>Says of a picture what every mapped one is: of BT.709's matrix, with colour sited left.</summary>
    public static void Describe(AvFrame mapped)
    {
        mapped.ColorSpace = AvUtil.AVCOL_SPC_BT709;
        mapped.ChromaLocation = AvUtil.AVCHROMA_LOC_LEFT;
    }

    /// <param name="picture">Of the shape this was made for.</param>
    /// <param name="output">Whatever it held before is given back. It has the matrix of BT.709 and colour sited left.</param>
    /// <param name="peakNits">What becomes white in it, in cd/m²; null for the last that was said, at first the plan's.</param>
    public void Map(AvFrame picture, AvFrame output, int? peakNits = null)
    {
        if (peakNits is { } peak)
        {
            mapper.SetPeak(peak);
        }

        pool.Take(output, picture);
        Describe(output);
        mapper.Map(Planes(picture), Target(output, 0), Target(output, 1), Target(output, 2));
    }

    /// <summary>Adds a picture's pixels to counts of how bright they are.</summary>
    /// <param name="picture">Of the shape this was made for.</param>
    /// <param name="counts">As of <see cref="ToneMapper.Count"/>.</param>
    /// <param name="step">Every so many rows.</param>
    public void Count(AvFrame picture, Span<long> counts, int step = 1) => mapper.Count(Planes(picture), counts, step);

    public void Dispose() => pool.Dispose();

    private HdrPicture Planes(AvFrame picture) => new(Source(picture, 0), Source(picture, 1), Source(picture, 2), picture.Width, height);

    private PlaneView Source(AvFrame picture, int plane) => new(picture.Plane(plane, Rows(plane)), picture.Stride(plane));

    private TargetPlane Target(AvFrame picture, int plane) => new(picture.Plane(plane, Rows(plane)), picture.Stride(plane));

    private int Rows(int plane) => plane == 0 ? height : (height + 1) / 2;
}
