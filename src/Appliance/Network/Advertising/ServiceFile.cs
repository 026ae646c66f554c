using System.Security;
using System.Text;

namespace Appliance.Network.Advertising;

/// <summary>A service as avahi reads it (avahi.service(5)).</summary>
internal static class ServiceFile
{
    public const string Service = "_appliance._tcp";

    /// <param name="name">Shown to people; no wildcards are replaced in it.</param>
    /// <param name="port">Where the box listens.</param>
    /// <param name="texts">As <c>key=value</c> (RFC 6763, 6).</param>
    public static byte[] Write(string name, int port, IReadOnlyList<string> texts)
    {
        var xml = new StringBuilder();
        xml.Append("<?xml version=\"1.0\" standalone='no'?>\n<!DOCTYPE service-group SYSTEM \"avahi-service.dtd\">\n<service-group>\n");
        xml.Append($"  <name replace-wildcards=\"no\">{SecurityElement.Escape(name)}</name>\n");
        xml.Append($"  <service>\n    <type>{Service}</type>\n    <port>{port}</port>\n");
        foreach (string text in texts)
        {
            xml.Append($"    <txt-record>{SecurityElement.Escape(text)}</txt-record>\n");
        }

        return Encoding.UTF8.GetBytes(xml.Append("  </service>\n</service-group>\n").ToString());
    }

    /// <summary>The longest beginning that is a label of DNS, cut between characters.</summary>
    public static string Label(string name)
    {
        var label = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                continue;
            }

            bytes += rune.Utf8SequenceLength;
            if (bytes > NetworkRequest.LongestNameBytes)
            {
                break;
            }

            label.Append(rune.ToString());
        }

        return label.ToString().Trim();
    }
}
