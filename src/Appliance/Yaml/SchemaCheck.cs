using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Appliance.Yaml;

/// <summary>Holds a YAML document against a JSON Schema, the same one that editors complete from, and says every fault with its line. Of the schema language it
/// knows what ours use; another word in a schema is a mistake of ours and throws.</summary>
/// <param name="schema">The whole schema.</param>
/// <param name="name">Of the file, for what is said of it.</param>
internal sealed class SchemaCheck(JsonElement schema, string name)
{
    private static readonly HashSet<string> Known =
    [
        "$schema", "$ref", "title", "description", "definitions", "type", "enum", "required", "additionalProperties", "properties", "items", "minItems", "minProperties",
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "default", "examples",
    ];

    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    private readonly List<string> _faults = [];

    /// <summary>All that is wrong, as <c>file:line: place: what</c>; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults(YamlNode document)
    {
        Check(document, schema, "");
        return _faults;
    }

    private void Check(YamlNode node, JsonElement rule, string place)
    {
        foreach (JsonProperty word in rule.EnumerateObject().Where(word => !Known.Contains(word.Name)))
        {
            throw new NotSupportedException($"The schema's word {word.Name} is not known here.");
        }

        if (rule.TryGetProperty("$ref", out JsonElement reference))
        {
            Check(node, schema.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]), place);
            return;
        }

        if (rule.TryGetProperty("type", out JsonElement type) && !Types(type).Any(each => Is(node, each)))
        {
            Say(node, place, $"must be {string.Join(" or ", Types(type).Select(Article))}, not {Told(node)}");
            return;
        }

        switch (node)
        {
            case YamlMap map:
                CheckMap(map, rule, place);
                break;
            case YamlList list:
                CheckList(list, rule, place);
                break;
            case YamlScalar scalar:
                CheckScalar(scalar, rule, place);
                break;
        }
    }

    private void CheckMap(YamlMap map, JsonElement rule, string place)
    {
        foreach (string missing in Strings(rule, "required").Where(name => map[name] is null))
        {
            Say(map, place, $"'{missing}' is missing");
        }

        if (rule.TryGetProperty("minProperties", out JsonElement least) && map.Entries.Count < least.GetInt32())
        {
            Say(map, place, $"must have at least {least} entry");
        }

        bool hasProperties = rule.TryGetProperty("properties", out JsonElement properties);
        foreach (YamlEntry entry in map.Entries)
        {
            if (hasProperties && properties.TryGetProperty(entry.Name, out JsonElement inner))
            {
                Check(entry.Value, inner, place.Length == 0 ? entry.Name : $"{place}.{entry.Name}");
            }
            else if (rule.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False)
            {
                string known = string.Join(", ", properties.EnumerateObject().Select(property => property.Name));
                _faults.Add($"{name}:{entry.Line}: {Before(place)}there is no '{entry.Name}' here; there are {known}.");
            }
        }
    }

    private void CheckList(YamlList list, JsonElement rule, string place)
    {
        if (rule.TryGetProperty("minItems", out JsonElement least) && list.Items.Count < least.GetInt32())
        {
            Say(list, place, $"must have at least {least}");
        }

        if (rule.TryGetProperty("items", out JsonElement items))
        {
            for (int i = 0; i < list.Items.Count; i++)
            {
                Check(list.Items[i], items, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"));
            }
        }
    }

    private void CheckScalar(YamlScalar scalar, JsonElement rule, string place)
    {
        if (rule.TryGetProperty("enum", out JsonElement choices) && !choices.EnumerateArray().Any(choice => Text(choice) == scalar.Text))
        {
            Say(scalar, place, $"must be one of {string.Join(", ", choices.EnumerateArray().Select(Text))}, not {scalar.Text}");
        }

        if (rule.TryGetProperty("minLength", out JsonElement least) && scalar.Text.Length < least.GetInt32())
        {
            Say(scalar, place, "must not be empty");
        }

        if (rule.TryGetProperty("maxLength", out JsonElement most) && scalar.Text.Length > most.GetInt32())
        {
            Say(scalar, place, $"must be at most {most} characters");
        }

        if (rule.TryGetProperty("pattern", out JsonElement pattern) && !Regex.IsMatch(scalar.Text, pattern.GetString()!, RegexOptions.None, PatternTime))
        {
            Say(scalar, place, $"'{scalar.Text}' is not written as it must be ({pattern.GetString()})");
        }

        if (Number(scalar) is { } number)
        {
            CheckNumber(scalar, number, rule, place);
        }
    }

    private void CheckNumber(YamlScalar scalar, decimal number, JsonElement rule, string place)
    {
        if (rule.TryGetProperty("minimum", out JsonElement least) && number < least.GetDecimal())
        {
            Say(scalar, place, $"must be at least {least}, not {scalar.Text}");
        }

        if (rule.TryGetProperty("exclusiveMinimum", out JsonElement above) && number <= above.GetDecimal())
        {
            Say(scalar, place, $"must be above {above}, not {scalar.Text}");
        }

        if (rule.TryGetProperty("maximum", out JsonElement most) && number > most.GetDecimal())
        {
            Say(scalar, place, $"must be at most {most}, not {scalar.Text}");
        }
    }

    private static bool Is(YamlNode node, string type) => type switch
    {
        "object" => node is YamlMap,
        "array" => node is YamlList,
        "null" => node is YamlScalar { IsPlain: true, Text: "null" or "~" or "" },
        "boolean" => node is YamlScalar { IsPlain: true, Text: "true" or "false" },
        "integer" => node is YamlScalar scalar && Number(scalar) is { } number && decimal.IsInteger(number),
        "number" => node is YamlScalar scalar && Number(scalar) is not null,
        "string" => node is YamlScalar scalar && !Is(node, "null") && !Is(node, "boolean") && Number(scalar) is null,
        _ => throw new NotSupportedException($"The schema's type {type} is not known here."),
    };

    private static decimal? Number(YamlScalar scalar) =>
        scalar.IsPlain && decimal.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];

    private static IEnumerable<string> Strings(JsonElement rule, string word) =>
        rule.TryGetProperty(word, out JsonElement list) ? list.EnumerateArray().Select(each => each.GetString()!) : [];

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Article(string type) => type switch
    {
        "object" => "a map",
        "array" => "a list",
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => type,
    };

    private static string Told(YamlNode node) => node switch
    {
        YamlMap => "a map",
        YamlList => "a list",
        YamlScalar scalar => scalar.Text.Length == 0 ? "nothing" : scalar.Text,
        _ => "this",
    };

    private static string Before(string place) => place.Length == 0 ? "" : $"{place}: ";

    private void Say(YamlNode node, string place, string what) => _faults.Add($"{name}:{node.Line}: {Before(place)}{what}.");
}
