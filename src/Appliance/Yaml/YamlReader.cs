using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Appliance.Yaml;

/// <summary>Reads one YAML document as data: maps, lists and text. Anchors, aliases and tags are refused, since nothing here needs them and they make small
/// files large.</summary>
internal static class YamlReader
{
    private const int LargestCharacters = 256 * 1024;
    private const int Deepest = 16;

    /// <param name="text">The document.</param>
    /// <param name="name">Of the file, for what is said of it.</param>
    /// <exception cref="YamlFaultException">It is no such document.</exception>
    public static YamlNode Read(string text, string name)
    {
        if (text.Length > LargestCharacters)
        {
            throw new YamlFaultException([$"{name}: it is larger than {LargestCharacters / 1024} KiB."]);
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                throw new YamlFaultException([$"{name}:1: there is nothing in it."]);
            }

            YamlNode root = Node(parser, name, 0);
            parser.Consume<DocumentEnd>();
            return parser.Current is StreamEnd
                ? root
                : throw Fault(name, parser.Current!, "a second document begins here; there must be one");
        }
        catch (YamlException exception)
        {
            throw new YamlFaultException([$"{name}:{exception.Start.Line}: it is not YAML: {exception.Message.Split(": ", 2)[^1]}"]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the parser itself did not foresee (seen: a list that is never closed).
            throw new YamlFaultException([$"{name}:{parser.Current?.End.Line ?? 1}: it is not YAML: something after this line is not closed, or not written as it must be."]);
        }
    }

    private static YamlNode Node(Parser parser, string name, int depth)
    {
        ParsingEvent here = parser.Current!;
        if (depth > Deepest)
        {
            throw Fault(name, here, $"it is nested more than {Deepest} deep");
        }

        if (here is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw Fault(name, here, "anchors, aliases and tags have no place here");
        }

        switch (here)
        {
            case Scalar scalar:
                parser.MoveNext();
                return new YamlScalar((int)scalar.Start.Line, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart:
                parser.MoveNext();
                var items = new List<YamlNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(Node(parser, name, depth + 1));
                }

                return new YamlList((int)here.Start.Line, items);
            case MappingStart:
                parser.MoveNext();
                return new YamlMap((int)here.Start.Line, Entries(parser, name, depth));
            default:
                throw Fault(name, here, "this has no place here");
        }
    }

    private static List<YamlEntry> Entries(Parser parser, string name, int depth)
    {
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent at = parser.Current!;
            if (at is not Scalar key)
            {
                throw Fault(name, at, "a name must be plain text");
            }

            if (entries.Any(entry => entry.Name == key.Value))
            {
                throw Fault(name, at, $"'{key.Value}' is here a second time");
            }

            parser.MoveNext();
            entries.Add(new(key.Value, (int)at.Start.Line, Node(parser, name, depth + 1)));
        }

        return entries;
    }

    private static YamlFaultException Fault(string name, ParsingEvent at, string what) => new([$"{name}:{at.Start.Line}: {what}."]);
}
