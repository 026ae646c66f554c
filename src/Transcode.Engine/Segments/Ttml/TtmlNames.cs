using System.Xml.Linq;

namespace Transcode.Engine.Segments.Ttml;

/// <summary>Names of TTML (W3C TTML1, 5.1), in the namespaces of the recommendation and of the drafts that files were written to
/// before it (DFXP): what follows the version is alike.</summary>
internal static class TtmlNames
{
    private static readonly string[] Roots =
        ["http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1", "http://www.w3.org/2006/04/ttaf1"];

    /// <summary>Whether an element is of the vocabulary of content, of that name.</summary>
    public static bool Is(this XElement element, string name) =>
        element.Name.LocalName == name && (Roots.Contains(element.Name.NamespaceName) || element.Name.NamespaceName.Length == 0);

    /// <summary>An attribute of parameters or of styling, or null.</summary>
    public static string? Value(this XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute =>
            attribute.Name.LocalName == name && Roots.Any(root => attribute.Name.NamespaceName.StartsWith(root, StringComparison.Ordinal)))?.Value;

    /// <summary>Names that an attribute without a namespace refers to.</summary>
    public static string[] References(this XElement element, string name) =>
        element.Attribute(name)?.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What others refer to it by, or null.</summary>
    public static string? Id(this XElement element) => element.Attribute(XNamespace.Xml + "id")?.Value ?? element.Attribute("id")?.Value;
}
