using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Segments;

/// <summary>Turns decoded pictures upright, scales them, and gives them the pixel format an encoder takes. Follows changes
/// of size or format in the middle of a stream.</summary>
/// <remarks>Our own scaler does it where code values mean the same before and after: a picture that has its size and format
/// already is handed on as it is, others are scaled after libavfilter has turned and before it has converted them. All else is
/// libavfilter's: other layouts, ranges and matrices. Our own tone mapper follows on either way where the range shrinks. Which
/// of these it is follows from the picture's shape and the recipe.</remarks>
/// <param name="rotationDegrees">Clockwise turn: 0, 90, 180 or 270.</param>
/// <param name="width">Output width in square pixels.</param>
/// <param name="height">Output height.</param>
/// <param name="pixelFormat">libav's name of the output format.</param>
/// <param name="matrix">libav's name of the output's YUV matrix.</param>
/// <param name="fullRange">Whether the output uses all code values, as JPEG does.</param>
/// <param name="conversion">To BT.709, where more than the matrix differs.</param>
/// <param name="filter">To scale by where it can; null leaves all to libavfilter.</param>
/// <param name="device">That our own scaler and tone mapper may run on.</param>
internal sealed class PictureShaper(
    int rotationDegrees, int width, int height, string pixelFormat, string matrix, bool fullRange, ColorConversion? conversion, ScaleFilter? filter, PictureDevice device)
    : IDisposable
{
    private readonly AvFrame upright = new();
    private readonly AvFrame scaled = new();
    private FilterGraph? whole;
    private FilterGraph? turn;
    private IPictureStage? stage;
    private FilterGraph? convert;
    private ToneMapPlan? toneMap;
    private ChromaSiting siting;
    private bool isByParts;
    private (int Width, int Height, int Format, int Range, int Matrix, int Siting, bool LiesPlain)? shape;

    /// <summary>For the pictures of a rung.</summary>
    public static PictureShaper For(VideoTrack source, VideoRecipe recipe, PictureDevice device) => new(
        source.RotationDegrees, recipe.Width, recipe.Height, recipe.PixelFormat, recipe.Matrix, fullRange: false,
        ColorConversion.For(source, recipe), ScaleFilter.Named(recipe.Scaler), device);

    /// <summary>For a JPEG, whose range and matrix are its own.</summary>
    public static PictureShaper ForJpeg(int rotationDegrees, int width, int height) =>
        new(rotationDegrees, width, height, Jpeg.PixelFormat, Jpeg.Matrix, fullRange: true, conversion: null, filter: null, PictureDevice.None);

    /// <summary>For a picture as the rungs of standard dynamic range have it, of a source that has a high one.</summary>
    public static PictureShaper ForStandard(VideoTrack source, StandardRange range, int width, int height) => new(
        source.RotationDegrees, width, height, VideoRecipe.EightBits, "bt709", fullRange: false,
        ColorConversion.FromHighRange(source, range.ToneMap), ScaleFilter.Named(range.Scaler), PictureDevice.None);

    /// <summary>What is scaled to, before any conversion.</summary>
    private string ScaledFormat => conversion is null ? pixelFormat : ColorConversion.PixelFormat;

    private string ScaledMatrix => conversion?.Matrix ?? matrix;

    /// <summary>Shapes one picture.</summary>
    /// <param name="picture">Stays the caller's, and as it is.</param>
    /// <param name="output">May become a further reference to it: nobody may write to its samples.</param>
    /// <param name="peakNits">What becomes white in it, in cd/m², where tones are mapped; null for what the recipe says.</param>
    public void Shape(AvFrame picture, AvFrame output, int? peakNits = null)
    {
        var found = (picture.Width, picture.Height, picture.Format, picture.ColorRange, picture.ColorSpace, picture.ChromaLocation,
            PictureScaler.Takes(picture));
        if (shape != found)
        {
            Clear();
            shape = found;
            isByParts = filter is not null && found.Item7 && KeepsCodeValues(picture);
            // Where libavfilter makes 4:2:0, colour comes out as H.264 has it.
            siting = isByParts ? ChromaSiting.Of(picture).Turned(rotationDegrees, picture.Width, picture.Height) : ChromaSiting.Left;
            toneMap = conversion?.PlanFor(siting, pixelFormat);
        }

        if (isByParts)
        {
            ShapeByParts(picture, filter!, output, peakNits);
        }
        else if (toneMap is null)
        {
            whole ??= FilterGraph.For(picture, [.. Turning(), Scaling(picture), .. Converting()]);
            whole.Apply(picture, output);
        }
        else
        {
            whole ??= FilterGraph.For(picture, [.. Turning(), Scaling(picture), new("format", ColorConversion.PixelFormat), new("setsar", "1")]);
            whole.Apply(picture, scaled);
            Make(null, scaled, output, peakNits);
            scaled.Clear();
        }
    }

    public void Dispose()
    {
        Clear();
        upright.Dispose();
        scaled.Dispose();
    }

    /// <summary>libswscale knows one BT.2020 matrix.</summary>
    private static string ScalerName(string matrixName) => matrixName == "bt2020nc" ? "bt2020" : matrixName;

    /// <summary>Whether two matrices have the same coefficients: ITU-R BT.601 has two names for its own.</summary>
    private static bool IsSame(int one, int other) => Bt601(one) == Bt601(other);

    private static int Bt601(int space) => space == AvUtil.AVCOL_SPC_BT470BG ? AvUtil.AVCOL_SPC_SMPTE170M : space;

    /// <summary>Whether code values mean the same before and after scaling. An untagged picture is taken to have the matrix it
    /// is sent out with: nothing is converted by guesswork.</summary>
    private bool KeepsCodeValues(AvFrame picture) =>
        !fullRange
        && picture.ColorRange != AvUtil.AVCOL_RANGE_JPEG
        && (picture.ColorSpace == AvUtil.AVCOL_SPC_UNSPECIFIED || IsSame(picture.ColorSpace, AvUtil.av_color_space_from_name(ScaledMatrix)))
        && PictureScaler.Knows(picture, ScaledFormat);

    private void ShapeByParts(AvFrame picture, ScaleFilter by, AvFrame output, int? peakNits)
    {
        AvFrame now = picture;
        if (rotationDegrees != 0)
        {
            turn ??= FilterGraph.For(now, Turning());
            turn.Apply(now, upright);
            now = upright;
        }

        bool isScaled = now.Width == width && now.Height == height && AvUtil.PixelFormatName(now.Format) == ScaledFormat;
        if (conversion is null || toneMap is not null)
        {
            if (isScaled && toneMap is null)
            {
                output.Reference(now);
            }
            else
            {
                // Colour that lies where the tone mapper does not know it is moved, too.
                Make(isScaled && (toneMap is null || toneMap.Siting == siting) ? null : by, now, output, peakNits);
            }
        }
        else
        {
            if (isScaled)
            {
                scaled.Reference(now);
            }
            else
            {
                Make(by, now, scaled, peakNits: null);
            }

            convert ??= FilterGraph.For(scaled, Converting());
            convert.Apply(scaled, output);
        }

        output.SampleAspectRatio = new(1, 1);
    }

    /// <summary>Scales, maps tones, or both, wherever that is quickest.</summary>
    private void Make(ScaleFilter? by, AvFrame picture, AvFrame output, int? peakNits)
    {
        stage ??= Stage(by, picture);
        stage.Begin(picture, peakNits);
        stage.Finish([output]);
        if (toneMap is not null)
        {
            PictureToneMapper.Describe(output);
        }
    }

    private IPictureStage Stage(ScaleFilter? by, AvFrame picture)
    {
        var order = new ShapeOrder(
            by, PixelLayout.Named(AvUtil.PixelFormatName(picture.Format))!, (picture.Width, picture.Height), (width, height), PixelLayout.Named(ScaledFormat)!, siting, toneMap);
        return device.Context is { } context && device.TimesOf(order.Kind) is { } times
            ? new SteadyStage(1, () => DeviceStage.Shape(context, order), () => new VectorShape(order, PlaneScaler.Widest), device.Failed, times)
            : new VectorShape(order, PlaneScaler.Widest);
    }

    private void Clear()
    {
        whole?.Dispose();
        turn?.Dispose();
        stage?.Dispose();
        convert?.Dispose();
        (whole, turn, stage, convert, toneMap) = (null, null, null, null, null);
    }

    private FilterStep[] Turning() => rotationDegrees switch
    {
        90 => [new("transpose", "clock")],
        180 => [new("hflip", ""), new("vflip", "")],
        270 => [new("transpose", "cclock")],
        _ => [],
    };

    private FilterStep Scaling(AvFrame picture)
    {
        string scaledMatrix = ScalerName(ScaledMatrix);
        string inputMatrix = picture.ColorSpace is AvUtil.AVCOL_SPC_UNSPECIFIED ? scaledMatrix : "auto";
        return new("scale", string.Create(CultureInfo.InvariantCulture,
            $"w={width}:h={height}:flags=bicubic:in_color_matrix={inputMatrix}:out_color_matrix={scaledMatrix}:out_range={(fullRange ? "full" : "limited")}"));
    }

    private IEnumerable<FilterStep> Converting()
    {
        if (conversion is not null)
        {
            yield return new("format", ColorConversion.PixelFormat);
            foreach (FilterStep step in conversion.Steps())
            {
                yield return step;
            }
        }

        yield return new("format", pixelFormat);
        yield return new("setsar", "1");
    }
}
