using System.Xml;

namespace Appliance.Network.Upnp;

/// <summary>XML of somebody who is not trusted: no document types, no entities of their own, nothing fetched, and a limit.</summary>
internal static class SafeXml
{
    /// <summary>Of a description, and of an answer. Descriptions have some 5 kB.</summary>
    public const int LargestBytes = 64 << 10;

    public const int LongestText = 1024;

    public static XmlReader Open(byte[] document) => XmlReader.Create(new MemoryStream(document, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LargestBytes,
        MaxCharactersFromEntities = LongestText,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    /// <summary>The text that the element the reader stands on begins with; it then stands on that text.</summary>
    public static string Text(XmlReader reader) =>
        reader.IsEmptyElement || !reader.Read() || reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA) ? ""
        : reader.Value.Length <= LongestText ? reader.Value.Trim() : "";
}
