using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Hardware;

/// <summary>A film of test pictures, one segment long, and the recipe a ladder makes of it: what is tried is what would be done.</summary>
/// <param name="Description">As a probe would give it.</param>
/// <param name="Recipe">Of the rung of its size.</param>
internal sealed record TestSource(SourceDescription Description, VideoRecipe Recipe)
{
    /// <summary>Frames a second: what films have, and what a session must keep.</summary>
    public const int FrameRate = 24;

    /// <summary>The same film of fewer pictures.</summary>
    public TestSource Of(int count) => this with { Description = Description with { Grid = new Grid(new Rational(FrameRate, 1), count) { SegmentFrames = count } } };

    /// <param name="format">libav's name of the codec.</param>
    /// <param name="encoder">libav's name of the encoder; null for the box's own.</param>
    /// <param name="pictures">What it shows.</param>
    public static TestSource Of(string format, string? encoder, TestPictures pictures)
    {
        var grid = new Grid(new Rational(FrameRate, 1), TestPictures.Count) { SegmentFrames = TestPictures.Count };
        var track = new VideoTrack(0, format, pictures.Width, pictures.Height, 0, pictures.BitDepth, "bt709", "bt709", Interlaced: false) { Primaries = "bt709" };
        var source = new SourceDescription("probe", 0, grid, track, [], [], []);
        string own = VideoGroup.Of(format switch
        {
            "h264" => VideoFormat.H264,
            "hevc" => VideoFormat.Hevc,
            "av1" => VideoFormat.Av1,
            _ => throw new NotSupportedException($"Nothing here is made in {format}."),
        }).Encoder;
        var rung = (VideoRecipe)Ladder.For(source, Offer.All).Video.First(rendition => rendition.Recipe is VideoRecipe recipe && recipe.Encoder == own).Recipe;
        return new(source, rung with { Encoder = encoder ?? own, Width = pictures.Width, Height = pictures.Height });
    }
}
