using System.Xml;

namespace Appliance.Playback;

/// <summary>Content steering of a DASH presentation (ETSI TS 103 998): a server that says which of several places files are to be taken from.</summary>
/// <param name="Server">Its absolute URL: players do not agree on what a relative one is relative to.</param>
/// <param name="Box">What players call this box.</param>
/// <param name="Pathways">The places beside this box: what players call them, and the folder's URL.</param>
internal sealed record DashSteering(string Server, string Box, IReadOnlyList<ListedPathway> Pathways)
{
    /// <summary>Before the period. Playing begins without asking: at first the box is as it was when it gave the manifest.</summary>
    public void WriteServer(XmlWriter xml)
    {
        xml.WriteStartElement("ContentSteering");
        xml.WriteAttributeString("defaultServiceLocation", Box);
        xml.WriteAttributeString("queryBeforeStart", "false");
        xml.WriteString(Server);
        xml.WriteEndElement();
    }

    /// <param name="xml">Inside an AdaptationSet, before its template.</param>
    /// <param name="folder">Where the box has the files, from the manifest.</param>
    public void WritePlaces(XmlWriter xml, string folder)
    {
        WritePlace(xml, Box, folder);
        foreach (ListedPathway pathway in Pathways)
        {
            WritePlace(xml, pathway.Id!, pathway.Folder);
        }
    }

    private static void WritePlace(XmlWriter xml, string id, string url)
    {
        xml.WriteStartElement("BaseURL");
        xml.WriteAttributeString("serviceLocation", id);
        xml.WriteString(url);
        xml.WriteEndElement();
    }
}
