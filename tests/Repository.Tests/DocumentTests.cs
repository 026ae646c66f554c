using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Documents_Links_LeadSomewhere() =>
        Assert.Empty(CommittedFiles.Ending(".md").SelectMany(document => Link().Matches(CommittedFiles.Text(document))
            .Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(CommittedFiles.At(document))!, target)))
            .Select(target => $"{document}: {target}")));

    [Fact]
    public void Architecture_Decisions_AreAllLinked()
    {
        string architecture = CommittedFiles.Text("ARCHITECTURE.md");

        Assert.Empty(CommittedFiles.Ending(".md").Where(p => p.StartsWith("docs/adr/", StringComparison.Ordinal))
            .Where(p => !architecture.Contains($"({p})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_Help_NamesTheOptionsTheApplianceTakes()
    {
        string help = CommittedFiles.Text("run");

        Assert.Empty(Option().Matches(CommittedFiles.Text("src/Appliance/Startup/CommandLine.cs")).Select(m => m.Groups[1].Value).Distinct()
            .Where(option => !help.Contains($"  {option} ", StringComparison.Ordinal)));
    }

    /// <summary>For who writes an app: in words, and in the reference.</summary>
    [Fact]
    public void Codes_OfProblems_AreAllToldToApps()
    {
        string[] codes = [.. Code().Matches(CommittedFiles.Text("src/Appliance/Problems/ProblemCode.cs")).Select(m => m.Groups[1].Value).Where(code => code != "code")];

        string[] rows = [.. CommittedFiles.Text("docs/api.md").Split("## Codes of problems")[1].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1])];
        Assert.NotEmpty(codes);
        Assert.Empty(codes.Where(code => !rows.Any(row => row.Contains($"`{code}`", StringComparison.Ordinal))));
        Assert.Empty(codes.Where(code => !CommittedFiles.Text("src/Appliance/Reference/schemas.json").Contains($"`{code}`", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"=>? ""([a-z-]+)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("\"(--[a-z-]+)\"")]
    private static partial Regex Option();
}
