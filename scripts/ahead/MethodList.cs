namespace Ahead;

/// <summary>The list of methods: a type a line, and after it, each after a blank, its methods.</summary>
internal static class MethodList
{
    /// <param name="lines">Those that begin with <c>#</c> are remarks.</param>
    /// <exception cref="FormatException">One is no such line.</exception>
    public static IEnumerable<MethodName> Read(IEnumerable<string> lines)
    {
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] words = line.Split(' ');
            TypeName owner = NameReader.Type(words[0]);
            foreach (string word in words.Skip(1))
            {
                (string name, IReadOnlyList<TypeName> arguments) = NameReader.Method(word);
                yield return new(owner, name, arguments);
            }
        }
    }
}
