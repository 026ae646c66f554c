using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The adaptive-bitrate ladder of a source: which renditions are offered.</summary>
/// <param name="Video">Group after group, H.264 first, largest first in each; empty where the source has no picture.</param>
/// <param name="Audio">Null where the source has no sound.</param>
public sealed record Ladder(IReadOnlyList<Rendition> Video, Rendition? Audio)
{
    private const int AudioBitsPerSecond = 128_000;

    /// <summary>Every rendition, video first.</summary>
    public IEnumerable<Rendition> Renditions => Audio is null ? Video : Video.Append(Audio);

    /// <summary>What any box offers.</summary>
    public static Ladder For(SourceDescription source) => For(source, Offer.Default);

    public static Ladder For(SourceDescription source, Offer offer) => new(VideoLadder.For(source, offer), AudioRendition(source));

    private static Rendition? AudioRendition(SourceDescription source)
    {
        if (source.Audio.Count == 0)
        {
            return null;
        }

        AudioTrack track = source.Audio[0];
        var recipe = new AudioRecipe
        {
            StreamIndex = track.StreamIndex,
            Encoder = "aac",
            BitRate = AudioBitsPerSecond,
            Channels = 2,
            SampleRate = 48_000,
        };
        return new("audio", recipe, Promise.AudioPeak(recipe), Promise.AudioPeak(recipe));
    }
}
