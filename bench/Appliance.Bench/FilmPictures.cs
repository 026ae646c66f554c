using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>Pictures of a film, in memory.</summary>
internal static class FilmPictures
{
    /// <summary>Pictures from the film's beginning, evenly spread over its segments.</summary>
    /// <param name="film">Its bytes.</param>
    /// <param name="count">How many.</param>
    /// <param name="format">libav's name of their pixel format.</param>
    public static List<AvFrame> Decode(byte[] film, int count, string format)
    {
        using SourceReader source = SourceReader.Open(new MemoryByteReader(film));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        using var reader = new PictureReader(source, description, 0, description.Video!.Deinterlacer);
        long apart = Math.Max(1, Math.Min(description.Grid.FrameCount / count, 24));
        var pictures = new List<AvFrame>();
        for (int i = 0; i < count; i++)
        {
            pictures.Add(Converted(reader.PictureAt(i * apart), [new("format", format)]));
        }

        return pictures;
    }

    public static AvFrame Converted(AvFrame picture, IEnumerable<FilterStep> steps)
    {
        using FilterGraph graph = FilterGraph.For(picture, steps);
        var converted = new AvFrame();
        graph.Apply(picture, converted);
        return converted;
    }
}
