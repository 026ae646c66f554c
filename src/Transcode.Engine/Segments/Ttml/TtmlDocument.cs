using System.Xml;
using System.Xml.Linq;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Ttml;

/// <summary>A TTML document as cues: of TTML1 and IMSC1's text profile, what WebVTT can say. These are the words, when they
/// are shown, italics and bold, and whether they lie at the top.</summary>
internal sealed class TtmlDocument
{
    /// <summary>How deep content is followed: <c>body</c>, <c>div</c>, <c>p</c> and a few <c>span</c> within one another.</summary>
    private const int MaxDepth = 16;

    /// <summary>A document is read by whoever finds it: nothing outside it is fetched, and nothing in it is expanded.</summary>
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = Recipes.SidecarText.MaxBytes,
    };

    private readonly TtmlClock clock;
    private readonly TtmlStyles styles;
    private readonly TtmlSpan wanted;
    private readonly int maxCues;
    private readonly List<(TtmlSpan Span, string Text, bool IsAtTop)> cues = [];

    private TtmlDocument(XElement root, TtmlSpan wanted, int maxCues)
    {
        clock = new(root);
        styles = new(root);
        this.wanted = wanted;
        this.maxCues = maxCues;
    }

    /// <summary>What a document shows in a stretch of its own time.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="wanted">The stretch.</param>
    /// <param name="maxCues">What is beyond is left out.</param>
    /// <returns>In the document's order, each with its whole time.</returns>
    /// <exception cref="TranscodeException">It is no document of TTML.</exception>
    public static IReadOnlyList<(TtmlSpan Span, string Text, bool IsAtTop)> Read(byte[] xml, TtmlSpan wanted, int maxCues)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            if (XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root is not { } root || !root.Is("tt"))
            {
                throw Refused("it is of another kind", null);
            }

            var document = new TtmlDocument(root, wanted, maxCues);
            foreach (XElement body in root.Elements().Where(element => element.Is("body")))
            {
                document.Walk(body, new(0, long.MaxValue), default, KeepsSpace(root, false), isAtTop: false, depth: 0);
            }

            return document.cues;
        }
        catch (XmlException exception)
        {
            throw Refused(exception.Message, exception);
        }
    }

    /// <summary>An element of <c>body</c>, <c>div</c> or <c>p</c>, and all in it.</summary>
    /// <returns>When it ends.</returns>
    private long Walk(XElement element, TtmlSpan around, TtmlStyle inherited, bool keepsSpace, bool isAtTop, int depth)
    {
        TtmlSpan span = SpanOf(element, around);
        TtmlStyle style = inherited.With(styles.Of(element));
        keepsSpace = KeepsSpace(element, keepsSpace);
        isAtTop = element.Attribute("region") is { } region ? styles.IsTop(region.Value) : isAtTop;
        if (span.IsEmpty || depth == MaxDepth || !span.Overlaps(wanted))
        {
            return span.End;
        }

        if (element.Is("p"))
        {
            var paragraph = new TtmlParagraph { IsAtTop = isAtTop };
            Collect(paragraph, element, span, style, keepsSpace, depth);
            foreach ((TtmlSpan shown, string text) in paragraph.Shown().TakeWhile(_ => cues.Count < maxCues))
            {
                cues.Add((shown, text, paragraph.IsAtTop));
            }

            return span.End;
        }

        long at = span.Begin;
        foreach (XElement child in element.Elements().Where(child => child.Is("div") || child.Is("p")))
        {
            long end = Walk(child, span with { Begin = at }, style, keepsSpace, isAtTop, depth + 1);
            at = IsSequence(element) ? Math.Max(at, end) : at;
        }

        return span.End;
    }

    /// <summary>The words of a paragraph or a span in it. Within a sequence, words without an element have no time.</summary>
    private void Collect(TtmlParagraph paragraph, XElement element, TtmlSpan span, TtmlStyle style, bool keepsSpace, int depth)
    {
        long at = span.Begin;
        foreach (XNode node in element.Nodes())
        {
            if (node is XText text && !IsSequence(element) && style.Hidden != true)
            {
                paragraph.Add(new(span, text.Value, style, keepsSpace));
            }
            else if (node is XElement line && line.Is("br"))
            {
                paragraph.Add(new(span, "\n", style, KeepsSpace: true));
            }
            else if (node is XElement child && child.Is("span") && depth < MaxDepth)
            {
                TtmlSpan inner = SpanOf(child, span with { Begin = at });
                at = IsSequence(element) ? Math.Max(at, inner.End) : at;
                paragraph.IsAtTop = child.Attribute("region") is { } region ? styles.IsTop(region.Value) : paragraph.IsAtTop;
                Collect(paragraph, child, inner, style.With(styles.Of(child)), KeepsSpace(child, keepsSpace), depth + 1);
            }
        }
    }

    /// <summary>When an element is shown (TTML1, 10.2 to 10.4): its times count from where what is around it begins, or in a
    /// sequence from where the one before it ended.</summary>
    private TtmlSpan SpanOf(XElement element, TtmlSpan around)
    {
        long begin = Sum(around.Begin, clock.Read(element.Attribute("begin")?.Value) ?? 0);
        long end = clock.Read(element.Attribute("end")?.Value) is { } told ? Sum(around.Begin, told) : long.MaxValue;
        long last = clock.Read(element.Attribute("dur")?.Value) is { } lasts ? Sum(begin, lasts) : long.MaxValue;
        return new(begin, Math.Min(around.End, Math.Min(end, last)));
    }

    private static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static bool IsSequence(XElement element) => element.Attribute("timeContainer")?.Value == "seq";

    private static bool KeepsSpace(XElement element, bool inherited) => element.Attribute(XNamespace.Xml + "space")?.Value switch
    {
        "preserve" => true,
        "default" => false,
        _ => inherited,
    };

    private static TranscodeException Refused(string why, Exception? exception) =>
        new(FailureStage.Decode, FailureCause.NotMedia, $"The TTML document cannot be read ({why}).", exception!);
}
