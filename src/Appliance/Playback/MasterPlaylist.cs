using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>The multivariant playlist (RFC 8216, 4.3.4): which renditions there are, and what they promise.</summary>
internal static class MasterPlaylist
{
    public const int Version = 2;

    /// <param name="ladder">What is offered of it.</param>
    /// <param name="engine">Which build makes it.</param>
    /// <param name="videoCodecs">RFC 6381 codec strings of the video renditions, in the ladder's order, read from their
    /// init segments.</param>
    /// <param name="pathways">Where the files are: the box, and where else. Null for the box alone, which then is not named.</param>
    public static string Of(Ladder ladder, EngineIdentity engine, IReadOnlyList<string> videoCodecs, IReadOnlyList<ListedPathway>? pathways = null)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        if (pathways is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-CONTENT-STEERING:SERVER-URI=\"{ListedPathway.Server}\",PATHWAY-ID=\"{pathways[0].Id}\"\n");
        }

        List<SoundGroup> groups = SoundGroup.Of(ladder);
        foreach (ListedPathway pathway in pathways ?? [ListedPathway.Alone])
        {
            if (ladder.Video.Count == 0)
            {
                AppendSoundAlone(text, groups, ladder, engine, pathway);
            }
            else
            {
                AppendPictures(text, groups, ladder, engine, videoCodecs, pathway);
            }
        }

        return text.ToString();
    }

    private static void AppendPictures(
        StringBuilder text, List<SoundGroup> groups, Ladder ladder, EngineIdentity engine, IReadOnlyList<string> videoCodecs, ListedPathway pathway)
    {
        text.AppendJoin("", groups.Select(group => group.Lines(engine, mainIsVariant: false, pathway)));
        text.Append(Subtitles.Lines(ladder.Text, engine, pathway));

        // Stereo with every picture first: a player that takes the first it can play then starts with what plays everywhere.
        foreach (SoundGroup? group in groups.DefaultIfEmpty<SoundGroup?>(null))
        {
            for (int i = 0; i < ladder.Video.Count; i++)
            {
                string id = RenditionId.Of(ladder.Video[i], engine);
                AppendVariant(text, ladder.Video[i], group, ladder, videoCodecs[i], pathway, id);
                text.Append(pathway.Folder).Append(id).Append("/index.m3u8\n");
            }
        }
    }

    private static void AppendVariant(StringBuilder text, Rendition video, SoundGroup? sound, Ladder ladder, string codec, ListedPathway pathway, string id)
    {
        var recipe = (PictureRecipe)video.Recipe;
        int peak = video.PeakBitsPerSecond + (sound?.PeakBitsPerSecond ?? 0) + ladder.TextPeakBitsPerSecond;
        int average = video.AverageBitsPerSecond + (sound?.AverageBitsPerSecond ?? 0) + ladder.TextAverageBitsPerSecond;
        string codecs = sound is null ? codec : $"{codec},{SoundGroup.Codec}";
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS=\"{codecs}\",");
        text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={recipe.Width}x{recipe.Height},FRAME-RATE={recipe.FrameRate.ToDouble():F3},VIDEO-RANGE={RangeOf(recipe)},");
        text.Append(Groups(sound?.Id, ladder, pathway)).Append(pathway.OfVariant(id, sound?.Id)).Append("CLOSED-CAPTIONS=NONE\n");
    }

    /// <summary>Where there is no picture, the default track is the variant itself.</summary>
    private static void AppendSoundAlone(StringBuilder text, List<SoundGroup> groups, Ladder ladder, EngineIdentity engine, ListedPathway pathway)
    {
        bool choice = groups.Any(group => group.Members.Count > 1);
        text.AppendJoin("", groups.Where(_ => choice).Select(group => group.Lines(engine, mainIsVariant: true, pathway)));
        text.Append(Subtitles.Lines(ladder.Text, engine, pathway));
        foreach (SoundGroup group in groups)
        {
            int peak = group.PeakBitsPerSecond + ladder.TextPeakBitsPerSecond;
            int average = group.AverageBitsPerSecond + ladder.TextAverageBitsPerSecond;
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},");
            string id = RenditionId.Of(group.Members[0], engine);
            text.Append(Groups(choice ? group.Id : null, ladder, pathway)).Append(pathway.OfVariant(id, group.Id));
            text.Append(CultureInfo.InvariantCulture, $"CODECS=\"{SoundGroup.Codec}\"\n{pathway.Folder}{id}/index.m3u8\n");
        }
    }

    /// <summary>RFC 8216bis, 4.4.6.2.</summary>
    private static string RangeOf(PictureRecipe recipe) => recipe.DynamicRange switch
    {
        DynamicRange.Pq => "PQ",
        DynamicRange.Hlg => "HLG",
        _ => "SDR",
    };

    private static string Groups(string? sound, Ladder ladder, ListedPathway pathway) =>
        (sound is null ? "" : $"AUDIO=\"{pathway.Group(sound)}\",") + (ladder.Text.Count == 0 ? "" : $"SUBTITLES=\"{pathway.Group(Subtitles.GroupId)}\",");
}
