using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The adaptive-bitrate ladder of a source: which renditions are offered.</summary>
/// <param name="Video">Group after group, H.264 first, largest first in each; empty where the source has no picture.</param>
/// <param name="Audio">The first is the default; empty where the source has no sound.</param>
public sealed record Ladder(IReadOnlyList<Rendition> Video, IReadOnlyList<Rendition> Audio)
{
    private const int AudioBitsPerSecond = 128_000;

    /// <summary>Every rendition, video first.</summary>
    public IEnumerable<Rendition> Renditions => Video.Concat(Audio);

    /// <summary>The highest promise among the sound renditions; 0 without sound. A picture plays with any of them.</summary>
    public int AudioPeakBitsPerSecond => Audio.Count == 0 ? 0 : Audio.Max(sound => sound.PeakBitsPerSecond);

    /// <summary>The highest average among the sound renditions; 0 without sound.</summary>
    public int AudioAverageBitsPerSecond => Audio.Count == 0 ? 0 : Audio.Max(sound => sound.AverageBitsPerSecond);

    /// <summary>What any box offers.</summary>
    public static Ladder For(SourceDescription source) => For(source, Offer.Default);

    public static Ladder For(SourceDescription source, Offer offer) => new(VideoLadder.For(source, offer), AudioRenditions(source));

    private static List<Rendition> AudioRenditions(SourceDescription source) =>
        [.. source.Audio.Take(1).Select(AudioRendition)];

    private static Rendition AudioRendition(AudioTrack track)
    {
        var recipe = new AudioRecipe
        {
            StreamIndex = track.StreamIndex,
            Encoder = "aac",
            BitRate = AudioBitsPerSecond,
            Channels = 2,
            SampleRate = 48_000,
        };
        return new("audio", recipe, Promise.AudioPeak(recipe), Promise.AudioPeak(recipe)) { Track = track };
    }
}
