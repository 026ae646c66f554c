using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>When the segments of a rendition begin, counted in its own frames: video's on the grid, audio's at the first
/// whole audio frame at or after it, text, pictures and thumbnails in their own step.</summary>
internal static class SegmentTimes
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>When segment <paramref name="index"/> begins, to the nearest microsecond; for the segment count, the end.</summary>
    public static long StartMicroseconds(Grid grid, Recipe recipe, int index) => recipe switch
    {
        IFrameRecipe pictures => Microseconds(grid, pictures.FirstFrame(grid, index)),
        TileRecipe tiles => Microseconds(grid, tiles.FirstFrame(grid, index)),
        AudioRecipe audio => new Rational(AudioRecipe.SamplesPerFrame * MicrosecondsPerSecond, audio.SampleRate)
            .RoundOf(grid.FirstAudioFrame(index, audio.SampleRate, AudioRecipe.SamplesPerFrame)),
        TextRecipe text => Microseconds(grid, text.FirstFrame(grid, index)),
        _ => Microseconds(grid, grid.FirstFrame(index)),
    };

    /// <summary>Whether there is such a segment. A last picture shorter than one audio frame has no sound of its own.</summary>
    public static bool Exists(Grid grid, Recipe recipe, int index) =>
        index >= 0
        && index < recipe.SegmentCount(grid)
        && StartMicroseconds(grid, recipe, index + 1) > StartMicroseconds(grid, recipe, index);

    private static long Microseconds(Grid grid, long frame) =>
        new Rational(MicrosecondsPerSecond * grid.FrameRate.Denominator, grid.FrameRate.Numerator).RoundOf(frame);
}
