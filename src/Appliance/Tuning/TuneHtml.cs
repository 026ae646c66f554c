using System.Globalization;
using System.Net;
using System.Text;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Workers;

namespace Appliance.Tuning;

/// <summary>A page about what is done to a film's pictures: one file that needs nothing else and sends nothing anywhere.</summary>
internal static class TuneHtml
{
    /// <summary>Of the part shown larger, in pixels of the picture.</summary>
    private const int CropWidth = 240;
    private const int CropHeight = 160;

    /// <summary>How much larger.</summary>
    private const int Zoom = 2;

    private const string Style =
        """
        body { margin: 0 auto; max-width: 72rem; padding: 2rem; background: #0e0e11; color: #eceaf0; font: 16px/1.5 system-ui, sans-serif }
        h1, h2 { font-weight: 600 } h2 { margin: 3rem 0 .6rem } p, td, li { color: #c9c6d1 }
        .compare { position: relative; overflow: hidden; border-radius: .8rem }
        .compare img { display: block; width: 100% }
        .compare img + img { position: absolute; inset: 0; clip-path: inset(0 0 0 var(--at, 50%)) }
        .compare input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize }
        .compare::after { content: ""; position: absolute; top: 0; bottom: 0; left: var(--at, 50%); width: 2px; background: #f0b866; pointer-events: none }
        .compare:focus-within { outline: 2px solid #f0b866 }
        .crops { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0 }
        .crops figure { margin: 0 } .crop { image-rendering: pixelated; border-radius: .5rem } figcaption { color: #8f8b99 }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .2rem 1.2rem .2rem 0; text-align: left; font-weight: 400 } th { color: #8f8b99 }
        """;

    public static string Of(string title, string rung, IReadOnlyList<TunedPlace> places)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tuning of {Text(title)}</title><meta name=\"viewport\" content=\"width=device-width\"><style>{Style}</style>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(title)}, {Text(rung)}</h1><p>What is done to its pictures between scaling and encoding, at {places.Count} places. Left of the line as it was, right of it as it is encoded; the line can be moved.</p>\n");
        foreach (TunedPlace place in places)
        {
            Write(page, place);
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, TunedPlace place)
    {
        TuningReport report = place.Report;
        string before = Source(report.Before), after = Source(report.After);
        page.Append(CultureInfo.InvariantCulture, $"<h2>{place.At:hh\\:mm\\:ss\\.f}</h2>\n");
        if (report.ToneMap is { } toneMap)
        {
            page.Append("<ul>").AppendJoin("", toneMap.Reasons.Select(reason => $"<li>{Text(reason)}")).Append("</ul>\n");
        }
        else if (report.Shots.Count == 0)
        {
            page.Append("<p>Nothing is done: tuning is off, or the rung keeps a high dynamic range.</p>\n");
        }

        foreach (TuningDecision shot in report.Shots)
        {
            Write(page, shot);
        }

        page.Append(CultureInfo.InvariantCulture, $"<div class=\"compare\"><img src=\"{before}\" alt=\"As it was\"><img src=\"{after}\" alt=\"Tuned\"><input type=\"range\" min=\"0\" max=\"100\" value=\"50\" aria-label=\"Where the tuned picture begins\" oninput=\"this.parentElement.style.setProperty('--at', this.value + '%')\"></div>\n");
        page.Append("<div class=\"crops\">");
        Crop(page, report, before, "as it was");
        Crop(page, report, after, "tuned");
        page.Append(CultureInfo.InvariantCulture, $"</div><p>Where most changed, {Zoom} times as large. Likeness of the whole picture (SSIM): {report.Likeness:0.0000}</p>\n");
    }

    private static void Write(StringBuilder page, TuningDecision shot)
    {
        page.Append(CultureInfo.InvariantCulture, $"<p>From picture {shot.FirstPicture} of its segment on:</p>");
        if (shot.Measures is { } measures)
        {
            page.Append("<table><tr><th>noise, σ<th>of Cb<th>of Cr<th>banding, ‰<th>flat, share<th>spatial information<th>sharpness of edges<th>texture</tr>");
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{measures.Noise:0.00}<td>{measures.CbNoise:0.00}<td>{measures.CrNoise:0.00}<td>{measures.Banding:0.00}<td>{measures.Flatness:0.00}<td>{measures.SpatialInformation:0.0}<td>{(measures.Sharpness is { } sharpness ? sharpness.ToString("0.00", CultureInfo.InvariantCulture) : "–")}<td>{measures.Energy:0.0}</tr></table>");
        }

        page.Append("<ul>").AppendJoin("", shot.Reasons.Select(reason => $"<li>{Text(reason)}")).Append("</ul>\n");
    }

    private static void Crop(StringBuilder page, TuningReport report, string source, string caption)
    {
        (int width, int height) = (Math.Min(CropWidth, report.Width), Math.Min(CropHeight, report.Height));
        int left = Math.Clamp(report.ChangedX - (width / 2), 0, report.Width - width);
        int top = Math.Clamp(report.ChangedY - (height / 2), 0, report.Height - height);
        page.Append(CultureInfo.InvariantCulture, $"<figure><div class=\"crop\" style=\"width:{width * Zoom}px;height:{height * Zoom}px;background:url({source}) -{left * Zoom}px -{top * Zoom}px / {report.Width * Zoom}px {report.Height * Zoom}px\"></div><figcaption>{caption}</figcaption></figure>");
    }

    private static string Source(byte[] jpeg) => $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
