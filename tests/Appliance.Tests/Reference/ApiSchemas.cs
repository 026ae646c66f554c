using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Appliance.Reference;

namespace Appliance.Tests.Reference;

/// <summary>The document's schemas: those of contracts, with what the source says of them, and those that are written by hand.</summary>
/// <param name="schemas">As they were made of the contracts.</param>
/// <param name="types">The contract of each.</param>
internal sealed class ApiSchemas(JsonObject schemas, IReadOnlyDictionary<string, Type> types)
{
    private readonly DocComments _comments = DocComments.Read();

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
        JsonObject schema = (JsonObject)schemas[types.Single(type => type.Value == taken.Type).Key]!;
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
                Explain(schema, type);
            }
        }

        return new(schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => KeyValuePair.Create(schema.Key, schema.Value?.DeepClone())));
    }

    private void Explain(JsonObject schema, Type type)
    {
        if (type.IsEnum)
        {
            schema["type"] = "string";
        }

        if (_comments.Of(type) is { } summary)
        {
            schema["description"] = summary;
        }

        foreach ((string name, JsonNode? node) in (schema["properties"] as JsonObject)?.ToList() ?? [])
        {
            var member = (JsonObject)node!;
            if (_comments.Of(type, name) is { } text)
            {
                member["description"] = text;
            }

            PropertyInfo property = type.GetProperty(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)!;
            if (property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull)
            {
                NotNull(member);
                var required = (JsonArray)schema["required"]!;
                required.Remove(required.FirstOrDefault(other => (string?)other == name));
            }
        }
    }

    private static void NotNull(JsonObject member)
    {
        if (member["type"] is JsonArray kinds)
        {
            member["type"] = (string)kinds.Single(kind => (string?)kind != "null")!;
        }
    }
}
