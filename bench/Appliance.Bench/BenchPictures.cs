using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>Decoded pictures of a film, to be worked on again and again.</summary>
internal static class BenchPictures
{
    /// <summary>From the film's beginning, so many frames of its grid apart.</summary>
    /// <param name="film">Its bytes.</param>
    /// <param name="count">Of pictures.</param>
    /// <param name="apart">At most; less where the film is short.</param>
    /// <param name="format">libav's name of the format that they are converted to.</param>
    public static List<AvFrame> Decode(byte[] film, int count, long apart, string format)
    {
        using SourceReader source = SourceReader.Open(new MemoryByteReader(film));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        using var reader = new PictureReader(source, description, 0, description.Video!.Deinterlacer);
        long step = Math.Max(1, Math.Min(description.Grid.FrameCount / count, apart));
        return [.. Enumerable.Range(0, count).Select(i => Converted(reader.PictureAt(i * step), format))];
    }

    public static AvFrame Converted(AvFrame picture, string format)
    {
        using FilterGraph graph = FilterGraph.For(picture, [new("format", format)]);
        var converted = new AvFrame();
        graph.Apply(picture, converted);
        return converted;
    }
}
