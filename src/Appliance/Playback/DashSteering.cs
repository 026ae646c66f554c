using System.Xml;

namespace Appliance.Playback;

/// <summary>Content steering of a DASH presentation (ETSI TS 103 998): a server that says which of several places files are to be taken from. All of it is told by absolute URLs:
/// dash.js takes a relative server as relative to the page, and a place's name only where its URL is absolute.</summary>
/// <param name="Server">Its URL.</param>
/// <param name="Places">What players call them, and the folder's URL; the box first.</param>
internal sealed record DashSteering(string Server, IReadOnlyList<ListedPathway> Places)
{
    /// <summary>Before the period. Playing begins without asking: at first the box is as it was when it gave the manifest.</summary>
    public void WriteServer(XmlWriter xml)
    {
        xml.WriteStartElement("ContentSteering");
        xml.WriteAttributeString("defaultServiceLocation", Places[0].Id);
        xml.WriteAttributeString("queryBeforeStart", "false");
        xml.WriteString(Server);
        xml.WriteEndElement();
    }

    /// <param name="xml">Inside an AdaptationSet, before its template.</param>
    public void WritePlaces(XmlWriter xml)
    {
        foreach (ListedPathway place in Places)
        {
            WritePlace(xml, place.Id!, place.Folder);
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
