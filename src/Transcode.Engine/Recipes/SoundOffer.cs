using System.Globalization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Which renditions of its sound a source is offered in: every track in stereo, and in 5.1 too where it has more
/// channels than two.</summary>
/// <remarks>Loudness is left as it is. A mix-down is libswresample's: to stereo, the centre and the surrounds are added
/// at −3 dB and the low-frequency channel is left out (ITU-R BS.775); from 7.1 to 5.1, the side surrounds are added to those
/// at the back at −3 dB. Nothing is scaled down to make room, so the front channels stay as loud as they were.</remarks>
internal static class SoundOffer
{
    private const int SampleRate = 48_000;
    private const int StereoBitsPerSecond = 128_000;
    private const int SurroundBitsPerSecond = 384_000;
    private const int SurroundChannels = 6;

    /// <summary>Sound of more channels than 7.1 is a scene description (Ambisonics) or a set of microphones.</summary>
    private const int MostChannelsMixed = 8;

    /// <summary>Stereo first, so that the default plays everywhere.</summary>
    public static List<Rendition> Of(SourceDescription source)
    {
        IEnumerable<Rendition> stereo = source.Audio.Select((track, place) => Offer("audio", place, track, 2, StereoBitsPerSecond));
        IEnumerable<Rendition> surround = source.Audio
            .Where(track => track.Channels is > 2 and <= MostChannelsMixed)
            .Select((track, place) => Offer("surround", place, track, SurroundChannels, SurroundBitsPerSecond));
        return [.. stereo, .. surround];
    }

    private static Rendition Offer(string name, int place, AudioTrack track, int channels, int bitsPerSecond)
    {
        var recipe = new AudioRecipe
        {
            StreamIndex = track.StreamIndex,
            Encoder = "aac",
            BitRate = bitsPerSecond,
            Channels = channels,
            SampleRate = SampleRate,
        };
        string numbered = place == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{place + 1}");
        return new(numbered, recipe, Promise.AudioPeak(recipe), Promise.AudioPeak(recipe)) { Track = track };
    }
}
