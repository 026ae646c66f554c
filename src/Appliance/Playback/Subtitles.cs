using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>The subtitles of a source as a group of the multivariant playlist.</summary>
internal static class Subtitles
{
    public const string GroupId = "text";

    /// <summary>The group's lines. None is the default: text is shown to whoever asks for it, except forced text, which players
    /// show by themselves with sound of its language.</summary>
    /// <param name="renditions">The tracks.</param>
    /// <param name="engine">Which build makes them.</param>
    /// <param name="pathway">Where their files are.</param>
    public static string Lines(IReadOnlyList<Rendition> renditions, EngineIdentity engine, ListedPathway pathway)
    {
        var text = new StringBuilder();
        List<string> names = TrackNames.Of(renditions.Select(rendition => rendition.Track!), "Subtitles");
        for (int place = 0; place < renditions.Count; place++)
        {
            LabelledTrack track = renditions[place].Track!;
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"{pathway.Group(GroupId)}\",NAME=\"{names[place]}\",");
            if (SpokenLanguage.Of(track.Language) is { } language)
            {
                text.Append(CultureInfo.InvariantCulture, $"LANGUAGE=\"{language.Tag}\",");
            }

            bool chosenByLanguage = !track.Roles.HasFlag(TrackRoles.Commentary);
            text.Append("DEFAULT=NO,").Append(chosenByLanguage ? "AUTOSELECT=YES," : "AUTOSELECT=NO,");
            text.Append(track.Roles.HasFlag(TrackRoles.Forced) ? "FORCED=YES," : "FORCED=NO,");
            text.Append(Characteristics(track.Roles));
            string id = RenditionId.Of(renditions[place], engine);
            text.Append(pathway.OfRendition(id)).Append(CultureInfo.InvariantCulture, $"URI=\"{pathway.Folder}{id}/index.m3u8\"\n");
        }

        return text.ToString();
    }

    /// <summary>RFC 8216, 4.3.4.1.</summary>
    private static string Characteristics(TrackRoles roles) =>
        roles.HasFlag(TrackRoles.HearingImpaired)
            ? "CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound\","
            : "";
}
