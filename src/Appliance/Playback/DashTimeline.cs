using System.Globalization;
using System.Xml;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>When the segments of a rendition are shown, in its track's own ticks: exact, so that they meet without a gap
/// (ISO/IEC 23009-1, 5.3.9.6). Text has no track: it is counted in frames of the picture, its ticks are those of the frame
/// rate, and its cues carry the period's own times, so nothing leads. Where HLS has text begin is said in its files by
/// X-TIMESTAMP-MAP, which is no part of WebVTT and which DASH players do not read.</summary>
internal static class DashTimeline
{
    /// <summary>The time in ticks, on the clock of the files, at which a segment begins to be shown.</summary>
    /// <param name="grid">The source's timeline.</param>
    /// <param name="recipe">Video, sound or text.</param>
    /// <param name="index">A segment; for the segment count, the end.</param>
    /// <param name="timescale">Ticks a second of the track.</param>
    private static long Start(Grid grid, Recipe recipe, int index, uint timescale) => Lead(recipe, timescale) + (recipe switch
    {
        AudioRecipe audio => Exact(
            grid.FirstAudioFrame(index, audio.SampleRate, AudioRecipe.SamplesPerFrame),
            new Rational(AudioRecipe.SamplesPerFrame, audio.SampleRate),
            timescale),
        TextRecipe text => Exact(text.FirstFrame(grid, index), Frame(grid), timescale),
        _ => Exact(grid.FirstFrame(index), Frame(grid), timescale),
    });

    /// <summary>Where the period begins on that clock.</summary>
    private static long Lead(Recipe recipe, uint timescale) => recipe is TextRecipe ? 0 : Grid.MediaClockLeadSeconds * (long)timescale;

    private static Rational Frame(Grid grid) => new(grid.FrameRate.Denominator, grid.FrameRate.Numerator);

    /// <summary>Writes a SegmentTemplate: addresses by number, times by a timeline.</summary>
    /// <param name="xml">Inside an AdaptationSet.</param>
    /// <param name="grid">The source's timeline.</param>
    /// <param name="recipe">Video, sound or text.</param>
    /// <param name="timescale">Ticks a second of the track; of text, the frame rate's numerator.</param>
    /// <param name="folder">Where the renditions' folders are, from the manifest.</param>
    public static void Write(XmlWriter xml, Grid grid, Recipe recipe, uint timescale, string folder)
    {
        xml.WriteStartElement("SegmentTemplate");
        xml.WriteAttributeString("timescale", Text(timescale));
        if (recipe is TextRecipe)
        {
            xml.WriteAttributeString("media", $"{folder}$RepresentationID$/$Number$.vtt");
        }
        else
        {
            xml.WriteAttributeString("presentationTimeOffset", Text(Lead(recipe, timescale)));
            xml.WriteAttributeString("initialization", $"{folder}$RepresentationID$/init.mp4");
            xml.WriteAttributeString("media", $"{folder}$RepresentationID$/$Number$.m4s");
        }

        xml.WriteAttributeString("startNumber", "0");
        xml.WriteStartElement("SegmentTimeline");
        int count = recipe.SegmentCount(grid);
        for (int index = 0; index < count;)
        {
            long start = Start(grid, recipe, index, timescale);
            long lasts = Start(grid, recipe, index + 1, timescale) - start;
            int next = index + 1;
            while (next < count && Start(grid, recipe, next + 1, timescale) - Start(grid, recipe, next, timescale) == lasts)
            {
                next++;
            }

            // A last picture shorter than one audio frame has no sound of its own.
            if (lasts > 0)
            {
                WriteRun(xml, index == 0 ? start : null, lasts, repeats: next - index - 1);
            }

            index = next;
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteRun(XmlWriter xml, long? start, long lasts, int repeats)
    {
        xml.WriteStartElement("S");
        if (start is { } time)
        {
            xml.WriteAttributeString("t", Text(time));
        }

        xml.WriteAttributeString("d", Text(lasts));
        if (repeats > 0)
        {
            xml.WriteAttributeString("r", Text(repeats));
        }

        xml.WriteEndElement();
    }

    /// <exception cref="InvalidOperationException">The track's ticks cannot say this time.</exception>
    private static long Exact(long count, Rational unit, uint timescale)
    {
        Rational ticksAUnit = unit * new Rational(timescale, 1);
        long ticks = ticksAUnit.FloorOf(count);
        return ticks == ticksAUnit.CeilingOf(count)
            ? ticks
            : throw new InvalidOperationException($"{count} × {unit} s is no whole number of ticks of 1/{timescale} s.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
