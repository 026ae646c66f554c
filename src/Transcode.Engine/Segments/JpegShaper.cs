using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments;

/// <summary>Turns decoded pictures into those that JPEGs are made of: upright, of their size, and of standard dynamic range. One of a high range
/// first becomes what its standard rungs have where a shot begins with it: a single picture has no shot to follow, and keyframes
/// are looked at without the pictures before them.</summary>
internal sealed class JpegShaper : IDisposable
{
    private readonly PictureShaper jpeg;
    private readonly PictureShaper? standard;
    private readonly ShotPeaks? peaks;
    private readonly AvFrame mapped = new();

    /// <param name="source">Of the pictures.</param>
    /// <param name="range">How a high dynamic range becomes the standard one; null leaves code values as they are.</param>
    /// <param name="width">Of what comes out, even.</param>
    /// <param name="height">Of what comes out, even.</param>
    /// <exception cref="NotSupportedException">The rule for peaks is not known.</exception>
    public JpegShaper(VideoTrack source, StandardRange? range, int width, int height)
    {
        if (range is not null && source.DynamicRange != DynamicRange.Sdr)
        {
            peaks = ShotPeaks.For(source, range.ToneMap);
            standard = PictureShaper.ForStandard(source, range, width, height);
        }

        jpeg = PictureShaper.ForJpeg(standard is null ? source.RotationDegrees : 0, width, height);
    }

    /// <summary>Shapes one picture, whatever came before it.</summary>
    /// <param name="picture">Stays the caller's, and as it is.</param>
    /// <param name="output">In <see cref="Jpeg.PixelFormat"/>; nobody may write to its samples.</param>
    public void Shape(AvFrame picture, AvFrame output)
    {
        if (standard is null)
        {
            jpeg.Shape(picture, output);
            return;
        }

        standard.Shape(picture, mapped, peaks?.Alone(picture));
        jpeg.Shape(mapped, output);
        mapped.Clear();
    }

    public void Dispose()
    {
        jpeg.Dispose();
        standard?.Dispose();
        peaks?.Dispose();
        mapped.Dispose();
    }
}
