using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Segments;

/// <summary>What becomes white in each picture of a segment, by the rule <see cref="PictureToneMap.ShotPeaks"/>: looked at in the source's own
/// pictures, once for all rungs, so that those of all sizes are as bright.</summary>
/// <param name="source">Of a high dynamic range.</param>
internal sealed class ShotPeaks(VideoTrack source) : IDisposable
{
    /// <summary>Of each picture, spread over its height: of 1080p every eighth.</summary>
    private const int RowsLookedAt = 128;

    /// <summary>As libswscale calls that of HDR.</summary>
    private const string Matrix = "bt2020";

    private readonly AvFrame converted = new();
    private readonly long[] counts = new long[ScenePeak.Bins];
    private readonly PeakTrack track = new();
    private readonly List<int> known = [];
    private readonly List<int> cuts = [];
    private (int Width, int Height, int Format, int Siting, int Range, int Matrix)? shape;
    private PictureToneMapper? counter;
    private FilterGraph? converter;
    private ShotWatch? watch;

    /// <summary>In cd/m², of the pictures so far.</summary>
    public IReadOnlyList<int> Known => known;

    /// <summary>Numbers of the pictures that begin shots, but for the first.</summary>
    public IReadOnlyList<int> Cuts => cuts;

    /// <summary>Null where a recipe says what becomes white, or does not map tones.</summary>
    /// <exception cref="NotSupportedException">The recipe names a rule that is not known.</exception>
    public static ShotPeaks? For(VideoTrack source, PictureToneMap? toneMap) => AreWanted(toneMap) ? new(source) : null;

    /// <summary>Whether a recipe has them looked for.</summary>
    /// <exception cref="NotSupportedException">It names a rule that is not known.</exception>
    public static bool AreWanted(PictureToneMap? toneMap) => toneMap?.PeakRule switch
    {
        null => false,
        PictureToneMap.ShotPeaks => true,
        { } rule => throw new NotSupportedException($"No rule for peaks {rule} is known."),
    };

    /// <summary>Looks at the next picture.</summary>
    /// <param name="picture">Stays the caller's.</param>
    /// <returns>What becomes white in it, in cd/m².</returns>
    public int Add(AvFrame picture)
    {
        if (shape != ShapeOf(picture))
        {
            Begin(picture);
        }

        AvFrame seen = picture;
        if (converter is not null)
        {
            converter.Apply(picture, converted);
            seen = converted;
        }

        if (watch!.IsCut(new(seen.Plane(0, seen.Height), seen.Stride(0))))
        {
            cuts.Add(known.Count);
            track.Cut();
        }

        Array.Clear(counts);
        counter!.Count(seen, counts, Math.Max(1, seen.Height / RowsLookedAt));
        converted.Clear();
        known.Add(track.Next(ScenePeak.Signal(counts)));
        return known[^1];
    }

    /// <summary>Looks at a picture for itself, as if a shot began with it.</summary>
    /// <param name="picture">Stays the caller's.</param>
    /// <returns>What becomes white in it, in cd/m².</returns>
    public int Alone(AvFrame picture)
    {
        track.Cut();
        return Add(picture);
    }

    public void Dispose()
    {
        counter?.Dispose();
        converter?.Dispose();
        converted.Dispose();
    }

    private static (int Width, int Height, int Format, int Siting, int Range, int Matrix) ShapeOf(AvFrame picture) =>
        (picture.Width, picture.Height, picture.Format, picture.ChromaLocation, picture.ColorRange, picture.ColorSpace);

    /// <summary>As they are counted: limited, and of the matrix that HDR has. What is untagged is taken to be so, as where it is shaped.</summary>
    private static bool HasUsualValues(AvFrame picture) =>
        picture.ColorRange != AvUtil.AVCOL_RANGE_JPEG && (picture.ColorSpace is AvUtil.AVCOL_SPC_UNSPECIFIED or AvUtil.AVCOL_SPC_BT2020_NCL);

    /// <summary>Pictures of another shape come, and a shot with them.</summary>
    private void Begin(AvFrame picture)
    {
        if (shape is not null)
        {
            cuts.Add(known.Count);
        }

        shape = ShapeOf(picture);
        counter?.Dispose();
        converter?.Dispose();
        (counter, converter) = (null, null);
        ChromaSiting siting = ChromaSiting.Of(picture);
        HdrTransfer transfer = source.DynamicRange == DynamicRange.Pq ? HdrTransfer.Pq : HdrTransfer.Hlg;
        if (HasUsualValues(picture) && PictureScaler.Takes(picture) && PictureToneMapper.Knows(AvUtil.PixelFormatName(picture.Format), siting))
        {
            counter = new(Plan(siting), picture, PlaneScaler.Widest);
        }
        else
        {
            string matrix = picture.ColorSpace is AvUtil.AVCOL_SPC_UNSPECIFIED ? Matrix : "auto";
            converter = FilterGraph.For(picture, [new("scale", $"in_color_matrix={matrix}:out_color_matrix={Matrix}:out_range=limited"), new("format", ColorConversion.PixelFormat)]);
            converter.Apply(picture, converted);
            counter = new(Plan(ChromaSiting.Left), converted, PlaneScaler.Widest);
            converted.Clear();
        }

        watch = new(new PlaneShape(picture.Width, picture.Height, ToneMapPlan.SourceBits));
        track.Cut();

        ToneMapPlan Plan(ChromaSiting at) => new(transfer, PictureToneMap.MostPeakNits, ToneCurve.Bt2390, GamutMapping.Clip, ToneMapPlan.SourceBits, at);
    }
}
