using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Repository.Tests;

/// <summary>The engine's source, read by the compiler: what a name means is known, however it is written.</summary>
internal static class EngineSource
{
    private const string Namespace = "Transcode.Engine";

    private static readonly CSharpCompilation Compilation = Compile();

    /// <summary>A type named in a file of another room.</summary>
    /// <param name="File">Where, from the repository's root.</param>
    /// <param name="From">The room it is named in, as <c>Segments</c>.</param>
    /// <param name="To">The room the type lives in.</param>
    /// <param name="Type">The type's name.</param>
    public sealed record Use(string File, string From, string To, string Type);

    public static IReadOnlyList<Use> UsesAcrossRooms { get; } = [.. FindUses().Distinct()];

    private static IEnumerable<Use> FindUses()
    {
        foreach (SyntaxTree tree in Compilation.SyntaxTrees)
        {
            SemanticModel model = Compilation.GetSemanticModel(tree);
            SyntaxNode root = tree.GetRoot();
            string from = Room(root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString());
            foreach (SimpleNameSyntax name in root.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                string to = Room(type?.ContainingNamespace.ToDisplayString());
                if (type is not null && to.Length > 0 && to != from)
                {
                    yield return new(tree.FilePath, from, to, type.Name);
                }
            }
        }
    }

    /// <summary>The first name after the engine's own, or nothing.</summary>
    private static string Room(string? name) =>
        name?.StartsWith(Namespace + ".", StringComparison.Ordinal) == true ? name[(Namespace.Length + 1)..].Split('.')[0] : "";

    private static CSharpCompilation Compile()
    {
        string usings = "global using System; global using System.IO; global using System.Linq; global using System.Threading;"
            + "global using System.Collections.Generic; global using System.Threading.Tasks;";
        IEnumerable<SyntaxTree> trees = CommittedFiles.Ending(".cs")
            .Where(path => path.StartsWith("src/Transcode.Engine/", StringComparison.Ordinal))
            .Select(path => CSharpSyntaxTree.ParseText(CommittedFiles.Text(path), path: path));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            Namespace, trees.Append(CSharpSyntaxTree.ParseText(usings)), references, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
