using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rewards.Interop;
using Xunit;

namespace Rewards.Tests.Interop;

public sealed partial class Secp256k1Tests
{
    /// <summary>What the commands install, or find enough, is what can be loaded: the same versions in the same order.</summary>
    [Fact]
    public void Names_OfTheLibrary_AreThoseTheScriptsLookFor()
    {
        string row = Row().Match(File.ReadAllText(Script())).Groups["row"].Value;

        Assert.Equal(Secp256k1.Names, Version().Matches(row).Select(match => $"libsecp256k1.so.{match.Groups["version"].Value}"));
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "scripts", "prepare.sh");

    [GeneratedRegex(@"^secp256k1_versions=\((?<row>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"(?<version>\\d+) libsecp256k1-\\k<version>\"")]
    private static partial Regex Version();
}
