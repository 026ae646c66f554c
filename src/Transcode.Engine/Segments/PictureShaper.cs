using System.Globalization;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments;

/// <summary>Turns decoded pictures upright, scales them, and gives them the pixel format an encoder takes. Follows changes
/// of size or format in the middle of a stream.</summary>
/// <param name="rotationDegrees">Clockwise turn: 0, 90, 180 or 270.</param>
/// <param name="width">Output width in square pixels.</param>
/// <param name="height">Output height.</param>
/// <param name="pixelFormat">libav's name of the output format.</param>
/// <param name="matrix">libav's name of the output's YUV matrix.</param>
/// <param name="fullRange">Whether the output uses all code values, as JPEG does.</param>
/// <param name="conversion">To BT.709, where more than the matrix differs.</param>
internal sealed class PictureShaper(
    int rotationDegrees, int width, int height, string pixelFormat, string matrix, bool fullRange, ColorConversion? conversion = null) : IDisposable
{
    private FilterGraph? graph;
    private (int Width, int Height, int Format, int Range, int Matrix) shape;

    /// <summary>Shapes one picture.</summary>
    public void Shape(AvFrame picture, AvFrame output)
    {
        var found = (picture.Width, picture.Height, picture.Format, picture.ColorRange, picture.ColorSpace);
        if (graph is null || shape != found)
        {
            graph?.Dispose();
            graph = null;
            graph = FilterGraph.For(picture, Steps(picture));
            shape = found;
        }

        graph.Apply(picture, output);
    }

    public void Dispose() => graph?.Dispose();

    /// <summary>libswscale knows one BT.2020 matrix.</summary>
    private static string ScalerName(string matrixName) => matrixName == "bt2020nc" ? "bt2020" : matrixName;

    private IEnumerable<FilterStep> Steps(AvFrame picture)
    {
        switch (rotationDegrees)
        {
            case 90:
                yield return new("transpose", "clock");
                break;
            case 180:
                yield return new("hflip", "");
                yield return new("vflip", "");
                break;
            case 270:
                yield return new("transpose", "cclock");
                break;
        }

        // An untagged picture is taken to have the matrix it is sent out with: nothing is converted by guesswork.
        string scaledMatrix = ScalerName(conversion?.Matrix ?? matrix);
        string inputMatrix = picture.ColorSpace is AvUtil.AVCOL_SPC_UNSPECIFIED ? scaledMatrix : "auto";
        yield return new("scale", string.Create(CultureInfo.InvariantCulture,
            $"w={width}:h={height}:flags=bicubic:in_color_matrix={inputMatrix}:out_color_matrix={scaledMatrix}:out_range={(fullRange ? "full" : "limited")}"));
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
