using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>Pictures of a film, in memory.</summary>
internal static class FilmPictures
{
    /// <summary>From the film's beginning, so many frames of its grid apart.</summary>
    /// <param name="film">Its bytes.</param>
    /// <param name="count">How many.</param>
    /// <param name="apart">At most; less where the film is short.</param>
    /// <param name="format">libav's name of the format that they are converted to.</param>
    public static List<AvFrame> Decode(byte[] film, int count, long apart, string format)
    {
        using SourceReader source = SourceReader.Open(new MemoryByteReader(film));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        using var reader = new PictureReader(source, description, 0, description.Video!.Deinterlacer);
        long step = Math.Max(1, Math.Min(description.Grid.FrameCount / count, apart));
        return [.. Enumerable.Range(0, count).Select(i => Converted(reader.PictureAt(i * step), [new("format", format)]))];
    }

    public static AvFrame Converted(AvFrame picture, IEnumerable<FilterStep> steps)
    {
        using FilterGraph graph = FilterGraph.For(picture, steps);
        var converted = new AvFrame();
        graph.Apply(picture, converted);
        return converted;
    }
}
