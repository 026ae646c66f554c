using System.Text;

namespace Ahead;

/// <summary>Reads names as the runtime's compiler writes them: <c>Space.Type`1+Inner[Argument,Other[]]</c> and <c>Method[Argument]</c>. What stands in angle brackets belongs to a name.</summary>
/// <param name="text">To read.</param>
internal sealed class NameReader(string text)
{
    private int at;

    private char Next => at < text.Length ? text[at] : '\0';

    /// <exception cref="FormatException">It is no name of a type.</exception>
    public static TypeName Type(string text)
    {
        var reader = new NameReader(text);
        TypeName read = reader.Type();
        return reader.at == text.Length ? read : throw reader.Wrong();
    }

    /// <returns>The name, and what it is generic over.</returns>
    /// <exception cref="FormatException">It is no name of a method.</exception>
    public static (string Name, IReadOnlyList<TypeName> Arguments) Method(string text)
    {
        var reader = new NameReader(text);
        string name = reader.Plain("[");
        IReadOnlyList<TypeName> arguments = reader.Next == '[' ? reader.Arguments() : [];
        return name.Length > 0 && reader.at == text.Length ? (name, arguments) : throw reader.Wrong();
    }

    private TypeName Type()
    {
        string name = Plain("[],");
        IReadOnlyList<TypeName> arguments = Next == '[' && !IsArray ? Arguments() : [];
        bool isArray = IsArray;
        at += isArray ? 2 : 0;
        return name.Length > 0 ? new(name, arguments, isArray) : throw Wrong();
    }

    private bool IsArray => at + 1 < text.Length && text[at] == '[' && text[at + 1] == ']';

    private List<TypeName> Arguments()
    {
        var arguments = new List<TypeName>();
        do
        {
            at++;
            arguments.Add(Type());
        }
        while (Next == ',');

        return Next == ']' && at++ > 0 ? arguments : throw Wrong();
    }

    /// <summary>Up to one of these that stands in no angle brackets, or to the end.</summary>
    private string Plain(string ends)
    {
        var name = new StringBuilder();
        for (int depth = 0; at < text.Length && (depth > 0 || !ends.Contains(text[at], StringComparison.Ordinal)); at++)
        {
            depth += text[at] == '<' ? 1 : text[at] == '>' && depth > 0 ? -1 : 0;
            name.Append(text[at]);
        }

        return name.ToString();
    }

    private FormatException Wrong() => new($"'{text}' is no name: it ends at {at}.");
}
