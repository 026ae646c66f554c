using System.Runtime.InteropServices;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>One segment of one rung of a film, and what honest people and cheats make of it.</summary>
internal sealed class VerifyScene : IDisposable
{
    private readonly List<AvFrame> made = [];

    /// <param name="film">Whose segment.</param>
    /// <param name="other">For pictures of another film.</param>
    /// <param name="rung">Of the film's ladder.</param>
    /// <param name="index">Of the segment.</param>
    /// <param name="engine">This build.</param>
    public VerifyScene(VerifyMaterial film, VerifyMaterial other, Rendition rung, int index, EngineIdentity engine)
    {
        (Film, Other, Name, Recipe, Index) = (film, other, rung.Name, (VideoRecipe)rung.Recipe, index);
        Claim = new(film.Description, Recipe, index, "another engine", "");
        Count = film.Grid.FramesIn(index);
        Reference = new(Claim, film.Bytes, engine, PictureDevice.None, [.. Enumerable.Range(0, Count)]);
        Reference.Make(CancellationToken.None);
        Reference.Decode(CancellationToken.None);
    }

    public VerifyMaterial Film { get; }

    public VerifyMaterial Other { get; }

    public string Name { get; }

    public VideoRecipe Recipe { get; }

    public int Index { get; }

    public int Count { get; }

    public RenditionClaim Claim { get; }

    /// <summary>With all pictures of the segment.</summary>
    public SegmentReference Reference { get; }

    /// <summary>As the recipe has them, before they are encoded.</summary>
    public IReadOnlyList<AvFrame> Pictures => [.. Enumerable.Range(0, Count).Select(number => Reference.Originals[number])];

    /// <summary>Pictures of a film in the recipe's shape, from a frame of its grid on.</summary>
    public List<AvFrame> Shaped(VerifyMaterial film, long first, int count)
    {
        using SourceReader source = SourceReader.Open(film.Bytes);
        using var reader = new PictureReader(source, film.Description, first, film.Description.Video!.Deinterlacer);
        using var shaper = PictureShaper.For(film.Description.Video!, Recipe, PictureDevice.None);
        return [.. Enumerable.Range(0, count).Select(i => Made(picture => shaper.Shape(reader.PictureAt(Math.Min(first + i, film.Grid.FrameCount - 1)), picture)))];
    }

    /// <summary>The segment's pictures shaped by libavfilter alone, which scales by the same filter with other rounding.</summary>
    public List<AvFrame> Rescaled()
    {
        long first = Film.Grid.FirstFrame(Index);
        VideoTrack video = Film.Description.Video!;
        using SourceReader source = SourceReader.Open(Film.Bytes);
        using var reader = new PictureReader(source, Film.Description, first, video.Deinterlacer);
        using var shaper = new PictureShaper(
            video.RotationDegrees, Recipe.Width, Recipe.Height, Recipe.PixelFormat, Recipe.Matrix, fullRange: false,
            ColorConversion.For(video, Recipe), filter: null, PictureDevice.None);
        return [.. Enumerable.Range(0, Count).Select(i => Made(picture => shaper.Shape(reader.PictureAt(first + i), picture)))];
    }

    /// <summary>Every picture sent through a chain of libavfilter's.</summary>
    public List<AvFrame> Filtered(IReadOnlyList<AvFrame> pictures, params FilterStep[] steps)
    {
        using FilterGraph graph = FilterGraph.For(pictures[0], [.. steps, new("format", Recipe.PixelFormat), new("setsar", "1")]);
        return [.. pictures.Select(picture => Made(output => graph.Apply(picture, output)))];
    }

    /// <summary>Black pictures.</summary>
    public List<AvFrame> Black() => [.. Pictures.Select(picture => Made(black =>
    {
        black.Reference(picture);
        black.MakeWritable();
        bool isDeep = Recipe.PixelFormat == VideoRecipe.TenBits;
        for (int plane = 0; plane < 3; plane++)
        {
            Span<byte> samples = black.Plane(plane, plane == 0 ? Recipe.Height : Recipe.Height / 2);
            int value = plane == 0 ? 16 : 128;
            if (isDeep)
            {
                MemoryMarshal.Cast<byte, ushort>(samples).Fill((ushort)(value * 4));
            }
            else
            {
                samples.Fill((byte)value);
            }
        }
    }))];

    /// <summary>Encodes pictures for this segment.</summary>
    /// <param name="pictures">Of the recipe's shape.</param>
    /// <param name="recipe">What the encoder is told; null for what was asked for.</param>
    public MadeRendition Encode(IReadOnlyList<AvFrame> pictures, VideoRecipe? recipe = null) =>
        SegmentCoder.Make(recipe ?? Recipe, Film.Grid, Index, pictures);

    public void Dispose()
    {
        made.ForEach(picture => picture.Dispose());
        Reference.Dispose();
    }

    private AvFrame Made(Action<AvFrame> make)
    {
        var picture = new AvFrame();
        made.Add(picture);
        make(picture);
        return picture;
    }
}
