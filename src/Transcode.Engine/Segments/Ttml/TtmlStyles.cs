using System.Xml.Linq;

namespace Transcode.Engine.Segments.Ttml;

/// <summary>The styles and regions of a document's head (TTML1, 8 and 9).</summary>
internal sealed class TtmlStyles
{
    /// <summary>Styles refer to styles; so many in a row at most.</summary>
    private const int DeepestChain = 8;

    /// <summary>References looked at of one element.</summary>
    private const int MaxReferences = 8;

    /// <summary>Above this part of the picture's height a region is one at the top.</summary>
    private const decimal TopShare = 33;

    private readonly Dictionary<string, XElement> styles = [];
    private readonly Dictionary<string, TtmlStyle> known = [];
    private readonly HashSet<string> topRegions = [];

    /// <param name="root">The document's <c>tt</c>.</param>
    public TtmlStyles(XElement root)
    {
        XElement[] head = [.. root.Elements().Where(element => element.Is("head")).SelectMany(element => element.Elements())];
        foreach (XElement style in head.Where(element => element.Is("styling")).SelectMany(element => element.Elements()).Where(element => element.Is("style")))
        {
            if (style.Id() is { } id)
            {
                styles.TryAdd(id, style);
            }
        }

        foreach (XElement region in head.Where(element => element.Is("layout")).SelectMany(element => element.Elements()).Where(element => element.Is("region")))
        {
            if (region.Id() is { } id && IsAtTop(region))
            {
                topRegions.Add(id);
            }
        }
    }

    /// <summary>Whether a region shows its text at the top of the picture.</summary>
    public bool IsTop(string region) => topRegions.Contains(region);

    /// <summary>What an element tells, by reference and by itself, without what it has from its parents.</summary>
    public TtmlStyle Of(XElement element) => Of(element, DeepestChain);

    private TtmlStyle Of(XElement element, int depth)
    {
        var all = default(TtmlStyle);
        foreach (string reference in depth > 0 ? element.References("style").Take(MaxReferences) : [])
        {
            all = all.With(Named(reference, depth - 1));
        }

        return all.With(new(
            element.Value("fontStyle") is { } slant ? slant is "italic" or "oblique" : null,
            element.Value("fontWeight") is { } weight ? weight == "bold" : null,
            element.Value("display") is "none" || element.Value("visibility") is "hidden" ? true : element.Value("visibility") is "visible" ? false : null));
    }

    private TtmlStyle Named(string id, int depth)
    {
        if (!known.TryGetValue(id, out TtmlStyle style))
        {
            // Where styles refer to one another in a circle, it ends here.
            known[id] = default;
            known[id] = style = styles.TryGetValue(id, out XElement? element) ? Of(element, depth) : default;
        }

        return style;
    }

    /// <summary>Where the words lie that a region holds: at its beginning, unless it says otherwise. One that says nothing of
    /// itself is left to the player, which has its words at the bottom.</summary>
    private static bool IsAtTop(XElement region)
    {
        string? Told(string name) =>
            region.Value(name) ?? region.Elements().Where(element => element.Is("style")).Select(style => style.Value(name)).FirstOrDefault(value => value is not null);

        string? align = Told("displayAlign");
        decimal? from = Percent(Told("origin"));
        if (from is null && align != "before")
        {
            return false;
        }

        decimal height = Percent(Told("extent")) ?? 100 - (from ?? 0);
        return (from ?? 0) + (align switch { "after" => height, "center" => height / 2, _ => 0 }) < TopShare;
    }

    /// <summary>The second of two lengths, where it is a part of the picture's height.</summary>
    private static decimal? Percent(string? lengths) =>
        lengths?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, [.. var digits, '%']]
        && digits.Length <= 10
        && decimal.TryParse(digits, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out decimal value)
            ? value
            : null;
}
