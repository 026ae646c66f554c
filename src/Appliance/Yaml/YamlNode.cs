namespace Appliance.Yaml;

/// <summary>A part of a YAML document, with the line it begins in.</summary>
/// <param name="Line">From 1.</param>
internal abstract record YamlNode(int Line);

/// <summary>Text as it is written; a plain one can be a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record YamlScalar(int Line, string Text, bool IsPlain) : YamlNode(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

/// <param name="Line">From 1.</param>
/// <param name="Entries">In the order they are written, each name once.</param>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line)
{
    public YamlNode? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name)?.Value;

    /// <summary>Text of an entry that is a scalar, or null.</summary>
    public string? Text(string name) => (this[name] as YamlScalar)?.Text;

    /// <summary>Items of an entry that is a list; empty where there is none.</summary>
    public IEnumerable<YamlNode> List(string name) => (this[name] as YamlList)?.Items ?? [];

    public YamlMap? Map(string name) => this[name] as YamlMap;
}

internal sealed record YamlEntry(string Name, int Line, YamlNode Value);
