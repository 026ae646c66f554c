using System.Text;
using System.Xml.Linq;
using Appliance.Network.Advertising;
using Appliance.Startup;

namespace Appliance.Tests.Network;

public sealed class ServiceFileTests
{
    [Fact]
    public void Write_AwkwardNames_AreWhatAParserReads()
    {
        const string Name = "A & B <\"'> 100% %h ä 🎬";
        var settings = new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Ignore };
        using var reader = System.Xml.XmlReader.Create(new MemoryStream(ServiceFile.Write(Name, 8080, ["path=/", "a=<&>"])), settings);

        XElement group = XDocument.Load(reader).Root!;

        Assert.Equal((Name, "no"), (group.Element("name")!.Value, group.Element("name")!.Attribute("replace-wildcards")!.Value));
        Assert.Equal(("_appliance._tcp", "8080"), (group.Element("service")!.Element("type")!.Value, group.Element("service")!.Element("port")!.Value));
        Assert.Equal(["path=/", "a=<&>"], group.Element("service")!.Elements("txt-record").Select(text => text.Value));
    }

    [Fact]
    public void Label_OfALongName_IsCutBetweenCharacters()
    {
        string label = ServiceFile.Label(new string('a', 61) + "ää");
        Assert.Equal(63, Encoding.UTF8.GetByteCount(label));
        Assert.Equal(new string('a', 61) + "ä", label);
        Assert.Equal("ab", ServiceFile.Label("a\u0000b"));
    }

    [Fact]
    public void Folder_OfTheEnvironment_MustBeAbsolute()
    {
        Assert.Equal("/etc/avahi/services", ServiceFolder.Of(null).Path);
        Assert.Equal("/srv/services", ServiceFolder.Of("/srv/services").Path);
        Assert.Throws<UsageException>(() => ServiceFolder.Of("services"));
    }
}
