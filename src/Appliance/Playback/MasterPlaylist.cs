using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>The multivariant playlist (RFC 8216, 4.3.4): which renditions there are, and what they promise.</summary>
internal static class MasterPlaylist
{
    public const int Version = 1;

    /// <summary>AAC-LC, as RFC 6381 writes it.</summary>
    private const string AudioCodec = "mp4a.40.2";

    /// <param name="ladder">What is offered of it.</param>
    /// <param name="engine">Which build makes it.</param>
    /// <param name="videoCodecs">RFC 6381 codec strings of the video renditions, in the ladder's order, read from their
    /// init segments.</param>
    public static string Of(Ladder ladder, EngineIdentity engine, IReadOnlyList<string> videoCodecs)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (ladder.Audio.Count > 0)
        {
            Rendition sound = ladder.Audio[0];
            string uri = RenditionId.Of(sound, engine) + "/index.m3u8";
            if (ladder.Video.Count == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={sound.PeakBitsPerSecond},");
                text.Append(CultureInfo.InvariantCulture, $"AVERAGE-BANDWIDTH={sound.AverageBitsPerSecond},CODECS=\"{AudioCodec}\"\n{uri}\n");
                return text.ToString();
            }

            AppendSound(text, sound.Track!, (AudioRecipe)sound.Recipe, uri);
        }

        for (int i = 0; i < ladder.Video.Count; i++)
        {
            AppendVariant(text, ladder.Video[i], ladder, videoCodecs[i]);
            text.Append(RenditionId.Of(ladder.Video[i], engine)).Append("/index.m3u8\n");
        }

        return text.ToString();
    }

    private static void AppendSound(StringBuilder text, LabelledTrack track, AudioRecipe recipe, string uri)
    {
        SpokenLanguage? language = SpokenLanguage.Of(track.Language);
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"{NameOf(track, language)}\",");
        if (language is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"LANGUAGE=\"{language.Tag}\",");
        }

        text.Append(CultureInfo.InvariantCulture, $"DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"{recipe.Channels}\",URI=\"{uri}\"\n");
    }

    private static void AppendVariant(StringBuilder text, Rendition video, Ladder ladder, string codec)
    {
        var recipe = (VideoRecipe)video.Recipe;
        bool silent = ladder.Audio.Count == 0;
        int peak = video.PeakBitsPerSecond + ladder.AudioPeakBitsPerSecond;
        int average = video.AverageBitsPerSecond + ladder.AudioAverageBitsPerSecond;
        string codecs = silent ? codec : $"{codec},{AudioCodec}";
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS=\"{codecs}\",");
        text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={recipe.Width}x{recipe.Height},FRAME-RATE={recipe.FrameRate.ToDouble():F3},VIDEO-RANGE=SDR,");
        text.Append(silent ? "CLOSED-CAPTIONS=NONE\n" : "AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n");
    }

    /// <summary>A quoted string holds neither quotes nor line ends (RFC 8216, 4.2), and a title comes from a stranger.</summary>
    private static string NameOf(LabelledTrack track, SpokenLanguage? language)
    {
        const int Longest = 64;
        string title = new([.. (track.Title ?? "").Where(c => c != '"' && !char.IsControl(c) && !char.IsSurrogate(c)).Take(Longest)]);
        return title.Trim() is { Length: > 0 } given ? given : language?.Name ?? "Sound";
    }
}
