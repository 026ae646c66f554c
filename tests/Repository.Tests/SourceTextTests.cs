using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Repository.Tests;

public sealed partial class SourceTextTests
{
    /// <summary>Where pointers and imports may stand: what is native, and kernels that vectors run through.</summary>
    private static readonly string[] NativeRooms = ["src/Rewards/Interop/", "src/Transcode.Engine/Interop/", "src/Transcode.Engine/Tuning/", "src/Transcode.Engine/Quality/"];

    private const int LongestFile = 400;

    /// <summary>Files that may be longer, with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["src/Appliance/web/src/strings.en.ts"] = "every word that the page says, a line each",
        ["src/Appliance/web/src/strings.de.ts"] = "the same words in German",
    };

    private static IEnumerable<string> Sources => CommittedFiles.Ending(".cs", ".ts").Where(p => !p.EndsWith(".g.cs", StringComparison.Ordinal));

    [Fact]
    public void NativeCode_UnsafeAndImports_StandInInteropAndKernelsOnly() =>
        Assert.Empty(CommittedFiles.Ending(".cs").Where(p => p.StartsWith("src/", StringComparison.Ordinal) && !NativeRooms.Any(room => p.StartsWith(room, StringComparison.Ordinal)))
            .Where(p => CSharpSyntaxTree.ParseText(CommittedFiles.Text(p)).GetRoot().DescendantNodesAndTokens().Any(IsNative)));

    [Fact]
    public void Program_Length_IsATableOfContents() =>
        Assert.InRange(File.ReadLines(CommittedFiles.At("src/Appliance/Program.cs")).Count(), 1, 79);

    [Fact]
    public void Sources_Length_IsBounded() =>
        Assert.Empty(Sources.Where(p => File.ReadLines(CommittedFiles.At(p)).Count() > LongestFile && !LongFiles.ContainsKey(p)));

    [Fact]
    public void LongFiles_List_HoldsNoneThatIsShort() =>
        Assert.Empty(LongFiles.Keys.Where(p => !Sources.Contains(p) || File.ReadLines(CommittedFiles.At(p)).Count() <= LongestFile));

    [Fact]
    public void Sources_Text_IsFinishedByItsOwnWords() =>
        Assert.Empty(Sources.Where(p => p.StartsWith("src/", StringComparison.Ordinal)).SelectMany(p => Lines(p, Unfinished())));

    [Fact]
    public void Files_Text_NamesNoMachinePathAndNoRegistry() =>
        Assert.Empty(CommittedFiles.All.Where(p => !Binary().IsMatch(p)).SelectMany(p => Lines(p, OfOneMachine())));

    [Fact]
    public void Files_BuiltOnes_AreNotCommitted() =>
        Assert.Empty(CommittedFiles.All.Where(p => p.Split('/').SkipLast(1).Any(f => f is "bin" or "obj" or "wwwroot" or "node_modules" or "artifacts")));

    [Fact]
    public void LockFiles_Text_HoldsNoDownloadAddress() =>
        Assert.Empty(CommittedFiles.Ending("package-lock.json").Where(p => CommittedFiles.Text(p).Contains("\"resolved\": \"http", StringComparison.Ordinal)));

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void Command_Mode_IsExecutable(string path) =>
        Assert.True(File.GetUnixFileMode(CommittedFiles.At(path)).HasFlag(UnixFileMode.UserExecute));

    private static bool IsNative(SyntaxNodeOrToken part) =>
        part.IsKind(SyntaxKind.UnsafeKeyword)
        || part.IsKind(SyntaxKind.PointerType)
        || part.IsKind(SyntaxKind.FunctionPointerType)
        || (part.AsNode() is AttributeSyntax attribute && attribute.Name.ToString() is "DllImport" or "LibraryImport");

    private static IEnumerable<string> Lines(string path, Regex pattern) =>
        File.ReadLines(CommittedFiles.At(path)).Select((line, i) => (Line: line, Number: i + 1))
            .Where(l => pattern.IsMatch(l.Line)).Select(l => $"{path}:{l.Number}: {l.Line.Trim()}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    // Written in pieces, so that this file is not its own finding.
    [GeneratedRegex(@"(?<![\w.$}])/(tm" + @"p|wor" + @"k|roo" + @"t|ho" + @"me)/|regis" + @"try\.npmjs|api\.nu" + @"get|deb\.deb" + @"ian\.org")]
    private static partial Regex OfOneMachine();

    [GeneratedRegex(@"\.(png|jpg|ico|woff2|mp4)$")]
    private static partial Regex Binary();
}
