using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Appliance.Access;
using Appliance.Reference;

namespace Appliance.Tests.Reference;

/// <summary>The document's schemas: those of contracts, with what the source says of them, and those that are written by hand.</summary>
/// <param name="schemas">As they were made of the contracts.</param>
/// <param name="types">The contract of each.</param>
internal sealed partial class ApiSchemas(JsonObject schemas, IReadOnlyDictionary<string, Type> types)
{
    private readonly DocComments _comments = DocComments.Read();
    private readonly HashSet<string> _taken = [];

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public void Add(JsonObject byHand)
    {
        foreach ((string name, JsonNode? schema) in byHand)
        {
            schemas.Add(name, schema!.DeepClone());
        }
    }

    public bool Has(string name) => schemas.ContainsKey(name);

    /// <summary>Members that a request may leave out are those that its endpoint does not want.</summary>
    public void Want(Taken taken)
    {
        string called = types.Single(type => type.Value == taken.Type).Key;
        var schema = (JsonObject)schemas[called]!;
        _taken.Add(called);
        _taken.UnionWith(Named().Matches(schema.ToJsonString()).Select(match => match.Groups[1].Value));
        schema["required"] = new JsonArray([.. taken.Wants.Select(name => (JsonNode)name)]);
        foreach (string name in taken.Wants)
        {
            NotNull((JsonObject)schema["properties"]![name]!);
        }
    }

    public JsonObject Written()
    {
        foreach ((string name, Type type) in types)
        {
            if (schemas[name] is JsonObject schema)
            {
                Explain(schema, name, type);
            }
        }

        return new(schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone())));
    }

    private void Explain(JsonObject schema, string called, Type type)
    {
        if (type.IsEnum)
        {
            schema["type"] = "string";
        }

        if (_comments.Of(type) is { } summary)
        {
            schema["description"] = summary;
        }

        List<KeyValuePair<string, JsonNode?>> members = (schema["properties"] as JsonObject)?.ToList() ?? [];
        if (members.Count > 0 && !_taken.Contains(called))
        {
            // Whatever is answered is there, null or not.
            schema["required"] = new JsonArray([.. members.Select(member => (JsonNode)member.Key)]);
        }

        foreach ((string name, JsonNode? node) in members)
        {
            var member = (JsonObject)node!;
            PropertyInfo property = type.GetProperties().Single(own => (own.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? own.Name).Equals(name, StringComparison.OrdinalIgnoreCase));
            if (_comments.Of(type, property.Name) is { } text)
            {
                member["description"] = text;
                Limit(member, text);
            }

            if (name == "scopes")
            {
                member["items"]!["enum"] = new JsonArray([.. Scopes.Names.Split(", ").Select(scope => (JsonNode)scope)]);
            }

            if (property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull)
            {
                NotNull(member);
                var required = (JsonArray)schema["required"]!;
                required.Remove(required.FirstOrDefault(other => (string?)other == name));
            }
        }
    }

    /// <summary>What the words say of a member's values, where they begin with it: <c>1 to 64 …</c>, or <c>`this`, `that` or `another`.</c></summary>
    private static void Limit(JsonObject member, string text)
    {
        string[] kinds = member["type"] is JsonArray several ? [.. several.Select(kind => (string)kind!)] : [(string?)member["type"] ?? ""];
        if (Choices().IsMatch(text) && kinds.Contains("string"))
        {
            member["enum"] = new JsonArray([.. Choice().Matches(text).Select(match => (JsonNode)match.Groups[1].Value), .. kinds.Contains("null") ? new JsonNode?[] { null } : []]);
        }

        if (Range().Match(text) is { Success: true } range)
        {
            (string least, string most)? names = kinds.Contains("integer") || kinds.Contains("number") ? ("minimum", "maximum") : kinds.Contains("array") ? ("minItems", "maxItems") : kinds.Contains("string") ? ("minLength", "maxLength") : null;
            if (names is var (least, most))
            {
                member[least] = Number(range.Groups[1].Value);
                member[most] = Number(range.Groups[2].Value);
            }
        }
    }

    private static long Number(string digits) => long.Parse(digits, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static void NotNull(JsonObject member)
    {
        if (member["type"] is JsonArray kinds)
        {
            member["type"] = (string)kinds.Single(kind => (string?)kind != "null")!;
        }
    }

    [GeneratedRegex(@"#/components/schemas/(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^`[^`]+`(, `[^`]+`)* or `[^`]+`\.")]
    private static partial Regex Choices();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Choice();

    [GeneratedRegex(@"^([\d,]+) to ([\d,]*\d)\b")]
    private static partial Regex Range();
}
