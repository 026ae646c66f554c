using System.Xml.Linq;
using Xunit;

namespace Repository.Tests;

/// <summary>Which project may see which. Dependencies point one way, and the engine and rewards never meet.</summary>
public sealed class ProjectWallTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Appliance"] = ["Rewards", "Transcode.Engine"],
        ["Rewards"] = [],
        ["Transcode.Engine"] = [],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        // Profiles are YAML, which people write: its parser's events, and nothing of what it does by reflection.
        ["Appliance"] = ["OpenTelemetry.Exporter.OpenTelemetryProtocol", "YamlDotNet"],
        // A ledger, and nothing else.
        ["Rewards"] = ["Microsoft.Data.Sqlite"],
        // No HTTP, no database: the engine sees only bytes.
        ["Transcode.Engine"] = ["Microsoft.Extensions.Logging.Abstractions"],
    };

    [Fact]
    public void Sources_Projects_AreTheThreeOfTheHouse() =>
        Assert.Equal(Projects.Keys.Order(), CommittedFiles.Ending(".csproj").Where(p => p.StartsWith("src/", StringComparison.Ordinal))
            .Select(p => Path.GetFileNameWithoutExtension(p)).Order());

    [Theory]
    [InlineData("Appliance")]
    [InlineData("Rewards")]
    [InlineData("Transcode.Engine")]
    public void Project_References_AreThoseAllowed(string project)
    {
        XDocument file = Load($"src/{project}/{project}.csproj");

        Assert.Equal(Projects[project], Includes(file, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))).Order());
        Assert.Equal(Packages[project], Includes(file, "PackageReference").Order());
    }

    [Theory]
    [InlineData("Rewards")]
    [InlineData("Transcode.Engine")]
    public void Library_Framework_HasNoWebInIt(string project)
    {
        XDocument file = Load($"src/{project}/{project}.csproj");

        Assert.Equal("Microsoft.NET.Sdk", file.Root!.Attribute("Sdk")!.Value);
        Assert.Empty(Includes(file, "FrameworkReference"));
    }

    [Fact]
    public void Packages_Versions_StandInOnePlace() =>
        Assert.Empty(CommittedFiles.Ending(".csproj").Where(p => Load(p).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null)));

    private static XDocument Load(string path) => XDocument.Load(CommittedFiles.At(path));

    private static IEnumerable<string> Includes(XDocument file, string item) =>
        file.Descendants(item).Select(i => i.Attribute("Include")!.Value);
}
