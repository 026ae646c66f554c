using System.Globalization;
using System.Text;
using System.Xml;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>The DASH manifest (ISO/IEC 23009-1, a static presentation of the ISO base media live profile). It names the very
/// files that the HLS playlists name.</summary>
/// <param name="description">The source.</param>
/// <param name="ladder">What is offered of it.</param>
/// <param name="trickPlay">What is offered for looking around in it.</param>
/// <param name="engine">Which build makes it.</param>
/// <param name="facts">What the init segment of a rendition of picture or sound says.</param>
/// <param name="folder">Where the renditions' folders are, from the manifest: empty, or ending in a slash.</param>
/// <param name="steering">Where else they are, and who says which are to be taken; null for the box alone.</param>
internal sealed class DashManifest(
    SourceDescription description,
    Ladder ladder,
    TrickPlay trickPlay,
    EngineIdentity engine,
    Func<Rendition, InitFacts> facts,
    string folder,
    DashSteering? steering = null)
{
    private const string Namespace = "urn:mpeg:dash:schema:mpd:2011";

    private const string LiveProfile = "urn:mpeg:dash:profile:isoff-live:2011";

    /// <summary>No segment passes its promised rate, so with one segment in hand playing never waits (5.3.5.2).</summary>
    private string MinBufferTime => Duration(Math.Max(
        Grid.SegmentSeconds, (decimal)_grid.SegmentFrames * _grid.FrameRate.Denominator / _grid.FrameRate.Numerator));

    private readonly Grid _grid = description.Grid;

    public string Write()
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = Encoding.UTF8 };
        using (var xml = XmlWriter.Create(new Utf8Text(text), settings))
        {
            string duration = Duration((decimal)_grid.FrameCount * _grid.FrameRate.Denominator / _grid.FrameRate.Numerator);
            xml.WriteStartElement("MPD", Namespace);
            xml.WriteAttributeString("profiles", LiveProfile);
            xml.WriteAttributeString("type", "static");
            xml.WriteAttributeString("mediaPresentationDuration", duration);
            xml.WriteAttributeString("minBufferTime", MinBufferTime);
            steering?.WriteServer(xml);
            xml.WriteStartElement("Period");
            xml.WriteAttributeString("id", "0");
            xml.WriteAttributeString("start", "PT0S");
            xml.WriteAttributeString("duration", duration);
            WriteSets(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private void WriteSets(XmlWriter xml)
    {
        int id = 0;

        // Players switch freely within a set: so one codec, one range of light, and one way of telling times, a set.
        foreach (var set in ladder.Video.GroupBy(rung =>
            (Codec: facts(rung).Codec.Split('.')[0], ((PictureRecipe)rung.Recipe).DynamicRange, facts(rung).Timescale)))
        {
            WritePictures(xml, id++, [.. set], set.Key.Timescale);
        }

        foreach (Rendition sound in ladder.Audio)
        {
            WriteSound(xml, id++, sound);
        }

        foreach (Rendition text in ladder.Text)
        {
            WriteText(xml, id++, text);
        }

        if (trickPlay.Tiles is { Recipe: TileRecipe recipe } tiles)
        {
            WriteThumbnails(xml, id, tiles, recipe);
        }
    }

    private void WritePictures(XmlWriter xml, int id, IReadOnlyList<Rendition> rungs, uint timescale)
    {
        PictureRecipe[] recipes = [.. rungs.Select(rung => (PictureRecipe)rung.Recipe)];
        BeginSet(xml, id, "video", "video/mp4");
        if (recipes.All(recipe => recipe is CopyRecipe))
        {
            // Alone it has no smaller sizes to step down to: a set that has comes first (5.3.3.2, where 1 is the default).
            Attribute(xml, "selectionPriority", 0);
        }

        Attribute(xml, "segmentAlignment", "true");
        Attribute(xml, "startWithSAP", "1");
        Attribute(xml, "maxWidth", recipes.Max(recipe => recipe.Width));
        Attribute(xml, "maxHeight", recipes.Max(recipe => recipe.Height));
        Attribute(xml, "frameRate", FrameRate());
        Attribute(xml, "sar", "1:1");
        Property(xml, "Role", "urn:mpeg:dash:role:2011", "main");
        WriteSegments(xml, recipes[0], timescale);
        foreach ((Rendition rung, PictureRecipe recipe) in rungs.Zip(recipes))
        {
            BeginRepresentation(xml, rung);
            Attribute(xml, "codecs", facts(rung).Codec);
            Attribute(xml, "width", recipe.Width);
            Attribute(xml, "height", recipe.Height);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteSound(XmlWriter xml, int id, Rendition sound)
    {
        var recipe = (AudioRecipe)sound.Recipe;
        (string codec, uint timescale) = facts(sound);
        BeginSet(xml, id, "audio", "audio/mp4");
        Language(xml, sound);
        Attribute(xml, "segmentAlignment", "true");
        Attribute(xml, "startWithSAP", "1");

        // The values for one, two and six channels are those numbers (ISO/IEC 23001-8).
        Property(
            xml,
            "AudioChannelConfiguration",
            "urn:mpeg:dash:23003:3:audio_channel_configuration:2011",
            recipe.Channels.ToString(CultureInfo.InvariantCulture));
        Label(xml, sound);
        Property(xml, "Role", "urn:mpeg:dash:role:2011", RoleOf(sound));
        WriteSegments(xml, recipe, timescale);
        BeginRepresentation(xml, sound);
        Attribute(xml, "codecs", codec);
        Attribute(xml, "audioSamplingRate", recipe.SampleRate);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Segments of WebVTT, as files and not in MP4: the very ones that HLS names. DASH says nothing against it, and
    /// dash.js, shaka-player, ffmpeg and mpd-parser read them.</summary>
    private void WriteText(XmlWriter xml, int id, Rendition text)
    {
        BeginSet(xml, id, "text", "text/vtt");
        Language(xml, text);
        Label(xml, text);
        Property(xml, "Role", "urn:mpeg:dash:role:2011", TextRoleOf(text.Track!.Roles));
        WriteSegments(xml, text.Recipe, (uint)_grid.FrameRate.Numerator);
        BeginRepresentation(xml, text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Thumbnails as DASH-IF's interoperability points (part 5 of version 5; 6.2.6 of 4.3) have them.</summary>
    private void WriteThumbnails(XmlWriter xml, int id, Rendition tiles, TileRecipe recipe)
    {
        BeginSet(xml, id, "image", "image/jpeg");
        xml.WriteStartElement("SegmentTemplate");
        Attribute(xml, "timescale", _grid.FrameRate.Numerator);
        Attribute(xml, "duration", (long)recipe.TilesASheet * recipe.FramesApart * _grid.FrameRate.Denominator);
        Attribute(xml, "startNumber", 0);
        Attribute(xml, "media", $"{folder}$RepresentationID$/$Number$.jpg");
        xml.WriteEndElement();
        BeginRepresentation(xml, tiles);
        Attribute(xml, "width", recipe.Width * recipe.Columns);
        Attribute(xml, "height", recipe.Height * recipe.Rows);
        Property(xml, "EssentialProperty", "http://dashif.org/guidelines/thumbnail_tile", $"{recipe.Columns}x{recipe.Rows}");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Where files of picture, sound and text may be had from several places, the template names them from there. Thumbnails are the box's own.</summary>
    private void WriteSegments(XmlWriter xml, Recipe recipe, uint timescale)
    {
        steering?.WritePlaces(xml);
        DashTimeline.Write(xml, _grid, recipe, timescale, steering is null ? folder : "");
    }

    private void BeginRepresentation(XmlWriter xml, Rendition rendition)
    {
        xml.WriteStartElement("Representation");
        Attribute(xml, "id", RenditionId.Of(rendition, engine));
        Attribute(xml, "bandwidth", rendition.PeakBitsPerSecond);
    }

    private string RoleOf(Rendition sound) => sound.Track?.Roles switch
    {
        { } roles when roles.HasFlag(TrackRoles.Commentary) => "commentary",
        { } roles when roles.HasFlag(TrackRoles.VisualImpaired) => "description",
        { } roles when roles.HasFlag(TrackRoles.HearingImpaired) => "enhanced-audio-intelligibility",
        _ => sound.Track?.StreamIndex == ladder.Audio[0].Track?.StreamIndex ? "main" : "alternate",
    };

    /// <summary>ISO/IEC 23009-1, 5.8.5.5: forced text is what players show unasked.</summary>
    private static string TextRoleOf(TrackRoles roles) =>
        roles.HasFlag(TrackRoles.Forced) ? "forced-subtitle"
        : roles.HasFlag(TrackRoles.HearingImpaired) ? "caption"
        : roles.HasFlag(TrackRoles.Commentary) ? "commentary"
        : "subtitle";

    private string FrameRate() => _grid.FrameRate.Denominator == 1
        ? _grid.FrameRate.Numerator.ToString(CultureInfo.InvariantCulture)
        : _grid.FrameRate.ToString();

    private static void BeginSet(XmlWriter xml, int id, string contentType, string mimeType)
    {
        xml.WriteStartElement("AdaptationSet");
        Attribute(xml, "id", id);
        Attribute(xml, "contentType", contentType);
        Attribute(xml, "mimeType", mimeType);
    }

    private static void Language(XmlWriter xml, Rendition rendition)
    {
        if (SpokenLanguage.Of(rendition.Track?.Language) is { } language)
        {
            Attribute(xml, "lang", language.Tag);
        }
    }

    private static void Label(XmlWriter xml, Rendition rendition)
    {
        if (PlainText(rendition.Track?.Title) is { Length: > 0 } title)
        {
            xml.WriteElementString("Label", title);
        }
    }

    private static void Property(XmlWriter xml, string name, string scheme, string value)
    {
        xml.WriteStartElement(name);
        Attribute(xml, "schemeIdUri", scheme);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, value);

    private static void Attribute(XmlWriter xml, string name, long value) =>
        Attribute(xml, name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>xs:duration, to the microsecond.</summary>
    private static string Duration(decimal seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"PT{Math.Round(seconds, 6):0.######}S");

    /// <summary>A title comes from a stranger: what XML cannot hold is left out, and it is kept short.</summary>
    private static string PlainText(string? title)
    {
        const int Longest = 64;
        return new string([.. (title ?? "").Where(c => XmlConvert.IsXmlChar(c) && !char.IsControl(c)).Take(Longest)]).Trim();
    }

    /// <summary>A text that says it is UTF-8, as it will be when it leaves.</summary>
    private sealed class Utf8Text(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
