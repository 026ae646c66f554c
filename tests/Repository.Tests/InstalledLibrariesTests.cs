using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed partial class InstalledLibrariesTests
{
    private static readonly string[] Libraries = ["AvUtil", "AvCodec", "AvFormat", "AvFilter", "SwScale", "SwResample"];

    /// <summary>What the commands install, or find enough, is what the engine can load: the same families in the same order.</summary>
    [Fact]
    public void LibavFamilies_OfTheScripts_AreThoseTheEngineHasLayoutsOf()
    {
        string row = FamiliesRow().Match(CommittedFiles.Text("scripts/prepare.sh")).Groups["rows"].Value;
        string[] installed = [.. Quoted().Matches(row).Select(match => match.Groups["row"].Value)];

        string[] known = [.. CommittedFiles.All
            .Select(path => (Path: path, Number: LayoutFile().Match(path).Groups["number"].Value))
            .Where(file => file.Number.Length > 0)
            .OrderByDescending(file => int.Parse(file.Number, System.Globalization.CultureInfo.InvariantCulture))
            .Select(file => Majors(CommittedFiles.Text(file.Path)))];

        Assert.NotEmpty(known);
        Assert.Equal(known, installed);
    }

    private static string Majors(string layout) => string.Join(' ',
        Libraries.Select(library => Regex.Match(layout, $@"^\s+{library} = (\d+),", RegexOptions.Multiline).Groups[1].Value));

    [GeneratedRegex(@"^libav_families=\((?<rows>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex FamiliesRow();

    [GeneratedRegex("\"(?<row>[^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"Layouts/LibAvLayout\.Family(?<number>\d+)\.g\.cs$")]
    private static partial Regex LayoutFile();
}
