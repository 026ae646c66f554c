using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>One encoding of a source's sound tracks: a group of alternatives in the multivariant playlist. All groups have
/// the same members, which differ in address and channels only (RFC 8216, 4.3.4.1.1): in a group of 5.1, a track of two
/// channels is its stereo self.</summary>
/// <param name="Id">As in <c>GROUP-ID</c>.</param>
/// <param name="Members">One rendition a track, the default first.</param>
internal sealed record SoundGroup(string Id, IReadOnlyList<Rendition> Members)
{
    /// <summary>AAC-LC, as RFC 6381 writes it.</summary>
    public const string Codec = "mp4a.40.2";

    /// <summary>The highest promise of a member: a picture plays with any of them.</summary>
    public int PeakBitsPerSecond => Members.Max(member => member.PeakBitsPerSecond);

    /// <summary>The highest average of a member.</summary>
    public int AverageBitsPerSecond => Members.Max(member => member.AverageBitsPerSecond);

    /// <summary>Stereo first; empty without sound. 5.1 where a track has it.</summary>
    public static List<SoundGroup> Of(Ladder ladder)
    {
        List<Rendition> stereo = [.. ladder.Audio.Where(sound => ChannelsOf(sound) <= 2)];
        List<Rendition> surround = [.. ladder.Audio.Where(sound => ChannelsOf(sound) > 2)];
        var groups = new List<SoundGroup>();
        if (stereo.Count > 0)
        {
            groups.Add(new("audio", stereo));
        }

        if (surround.Count > 0)
        {
            groups.Add(new("surround", [.. stereo.Select(member => surround.Find(other => other.Track == member.Track) ?? member)]));
        }

        return groups;
    }

    /// <summary>The group's lines.</summary>
    /// <param name="engine">Which build makes it.</param>
    /// <param name="mainIsVariant">Whether the default is the variant itself, which then has no address here.</param>
    /// <param name="pathway">Where its files are.</param>
    public string Lines(EngineIdentity engine, bool mainIsVariant, ListedPathway pathway)
    {
        var text = new StringBuilder();
        List<string> names = TrackNames.Of(Members.Select(member => member.Track!), "Sound");
        for (int place = 0; place < Members.Count; place++)
        {
            Rendition member = Members[place];
            bool first = place == 0;
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"{pathway.Group(Id)}\",NAME=\"{names[place]}\",");
            if (SpokenLanguage.Of(member.Track!.Language) is { } language)
            {
                text.Append(CultureInfo.InvariantCulture, $"LANGUAGE=\"{language.Tag}\",");
            }

            // Nobody wants a commentary because of the language it is in.
            bool chosenByLanguage = first || !member.Track.Roles.HasFlag(TrackRoles.Commentary);
            text.Append(first ? "DEFAULT=YES," : "DEFAULT=NO,").Append(chosenByLanguage ? "AUTOSELECT=YES," : "AUTOSELECT=NO,");
            text.Append(Characteristics(member.Track.Roles));
            text.Append(pathway.OfRendition(RenditionId.Of(member, engine)));
            text.Append(CultureInfo.InvariantCulture, $"CHANNELS=\"{ChannelsOf(member)}\"");
            if (!(first && mainIsVariant))
            {
                text.Append(CultureInfo.InvariantCulture, $",URI=\"{pathway.Folder}{RenditionId.Of(member, engine)}/index.m3u8\"");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static int ChannelsOf(Rendition sound) => ((AudioRecipe)sound.Recipe).Channels;

    /// <summary>RFC 8216, 4.3.4.1; <c>public.auxiliary-content</c> is AVFoundation's word for what belongs beside the film.</summary>
    private static string Characteristics(TrackRoles roles) =>
        roles.HasFlag(TrackRoles.VisualImpaired) ? "CHARACTERISTICS=\"public.accessibility.describes-video\","
        : roles.HasFlag(TrackRoles.Commentary) ? "CHARACTERISTICS=\"public.auxiliary-content\","
        : "";
}
