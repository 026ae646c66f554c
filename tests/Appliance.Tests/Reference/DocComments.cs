using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Appliance.Tests.Reference;

/// <summary>What the source says of its types: the words of the document are those beside the code.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, Said> _types = [];

    private DocComments()
    {
    }

    public static DocComments Read()
    {
        var comments = new DocComments();
        foreach (string file in Directory.EnumerateFiles(House.At("src"), "*.cs", SearchOption.AllDirectories).Where(file => !Unowned().IsMatch(file)))
        {
            foreach (BaseTypeDeclarationSyntax type in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            {
                comments.Add(type);
            }
        }

        return comments;
    }

    /// <returns>Null where nothing is said.</returns>
    public string? Of(Type type) => _types.GetValueOrDefault(type.FullName!.Replace('+', '.'))?.Summary;

    /// <param name="type">Whose.</param>
    /// <param name="member">As JSON has it.</param>
    /// <returns>Null where nothing is said.</returns>
    public string? Of(Type type, string member) => _types.GetValueOrDefault(type.FullName!.Replace('+', '.'))?.Members.GetValueOrDefault(member);

    private void Add(BaseTypeDeclarationSyntax type)
    {
        XElement own = CommentOf(type);
        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (XElement parameter in own.Elements("param"))
        {
            members[parameter.Attribute("name")!.Value] = Plain(parameter);
        }

        foreach (MemberDeclarationSyntax member in (type as TypeDeclarationSyntax)?.Members ?? [])
        {
            if (member is PropertyDeclarationSyntax property && CommentOf(property).Element("summary") is { } summary)
            {
                members[property.Identifier.Text] = Plain(summary);
            }
        }

        string spaces = string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Name.ToString()).Reverse());
        string outer = string.Concat(type.Ancestors().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(around => around.Identifier.Text + "."));
        _types[$"{spaces}.{outer}{type.Identifier.Text}"] = new(own.Element("summary") is { } said ? Plain(said) : null, members);
    }

    private static XElement CommentOf(SyntaxNode node) => XElement.Parse($"<d>{string.Concat(node.GetLeadingTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)).Select(trivia => Slashes().Replace(trivia.ToFullString(), "")))}</d>");

    /// <summary>Names of code by their last part, in backticks.</summary>
    private static string Plain(XElement text) => Blanks().Replace(string.Concat(text.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "paramref" } named => $"`{named.Attribute("name")!.Value}`",
        XElement inner => $"`{inner.Value}`",
        _ => ((XText)node).Value,
    })), " ").Trim();

    [GeneratedRegex(@"/(bin|obj|node_modules)/")]
    private static partial Regex Unowned();

    [GeneratedRegex(@"^\s*///", RegexOptions.Multiline)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private sealed record Said(string? Summary, IReadOnlyDictionary<string, string> Members);
}
