using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Appliance.Access;
using Appliance.Reference;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Appliance.Tests.Reference;

/// <summary>One endpoint in the document.</summary>
internal sealed partial class ApiOperation
{
    private const string ProblemType = "application/problem+json";

    private readonly RouteEndpoint _endpoint;
    private readonly JsonObject _examples;
    private readonly Described _described;

    /// <param name="endpoint">Which.</param>
    /// <param name="examples">Real bodies, by method, path, and status or "request".</param>
    public ApiOperation(RouteEndpoint endpoint, JsonObject examples)
    {
        _endpoint = endpoint;
        _examples = examples;
        string route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        Path = Constraint().Replace(route, "{$1}");
        Method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant();
        _described = endpoint.Metadata.GetMetadata<Described>() ?? throw new InvalidOperationException($"{Method} {Path} does not say what it does: .Describe(…) beside its Map says it.");
    }

    /// <summary>As OpenAPI has it.</summary>
    public string Path { get; }

    /// <summary>In lower case; what is read by GET is read by HEAD too, and told once.</summary>
    public string Method { get; }

    /// <param name="made">What was made of the contracts.</param>
    /// <param name="schemas">Of the document.</param>
    public JsonObject Write(JsonNode made, ApiSchemas schemas)
    {
        Scope scope = (_endpoint.Metadata.GetMetadata<Need>() ?? new(Scope.Owner)).Scope;
        bool isSafe = Method is "get" or "head" or "options";
        var operation = new JsonObject { ["tags"] = new JsonArray(ApiPreface.TagOf(Method, Path)), ["summary"] = _described.Summary, ["operationId"] = OperationId() };
        if (_described.More is { } more)
        {
            operation["description"] = more;
        }

        if (_described.Asks.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. _described.Asks.Select(Parameter)]);
        }

        string[] unsaid = [.. Name().Matches(Path).Select(match => match.Groups[1].Value).Where(name => !_described.Asks.Any(asked => asked.In == AskedIn.Path && asked.Name == name))];
        if (unsaid.Length > 0)
        {
            throw new InvalidOperationException($"{Method} {Path} does not say what {unsaid[0]} is.");
        }

        if (_described.Takes is { } taken)
        {
            operation["requestBody"] = Body(taken, made, schemas);
        }

        var responses = new JsonObject();
        foreach (Answer answer in _described.Answers)
        {
            JsonObject response = Response(answer, made, schemas);
            if (responses[Text(answer.Status)] is JsonObject other)
            {
                // The same in another form.
                foreach ((string mediaType, JsonNode? content) in (JsonObject)response["content"]!)
                {
                    other["content"]![mediaType] = content!.DeepClone();
                }
            }
            else
            {
                responses[Text(answer.Status)] = response;
            }
        }

        foreach (int status in Statuses(scope).Distinct().Order())
        {
            responses[Text(status)] = Problem(ApiPreface.Meaning(status, _described.Refuses.Contains(status)));
        }

        responses["default"] = Problem("Whatever else is wrong.");
        operation["responses"] = responses;
        operation["security"] = Security(scope, isSafe);
        if (scope is not Scope.None)
        {
            operation["x-scope"] = string.Join(", ", Scopes.NamesOf(scope));
        }

        return operation;
    }

    private IEnumerable<int> Statuses(Scope scope)
    {
        IEnumerable<int> own = _described.Refuses;
        if (_described.Takes is not null || _described.Asks.Any(asked => asked.In != AskedIn.Path))
        {
            own = own.Append(StatusCodes.Status400BadRequest);
        }

        if (_described.Takes is { Type: not null })
        {
            own = own.Concat([StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
        }

        return scope is Scope.None ? own : own.Concat([StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests]);
    }

    private static JsonNode Parameter(Asked asked)
    {
        JsonObject schema = asked switch
        {
            { IsSwitch: true } => new() { ["type"] = "boolean" },
            { IsFraction: true } => new() { ["type"] = "number", ["minimum"] = 0 },
            { Least: null, Most: null } => new() { ["type"] = "string" },
            _ => new() { ["type"] = "integer", ["format"] = asked.Most is <= int.MaxValue ? "int32" : "int64" },
        };
        Set(schema, "minimum", asked.Least);
        Set(schema, "maximum", asked.Most == long.MaxValue ? null : asked.Most);
        Set(schema, "default", asked.Default);
        Set(schema, "pattern", asked.Pattern);
        Set(schema, "enum", asked.Choices is { } choices ? new JsonArray([.. choices.Select(choice => (JsonNode)choice)]) : null);
        var parameter = new JsonObject { ["name"] = asked.Name, ["in"] = asked.In.ToString().ToLowerInvariant(), ["description"] = asked.Text, ["schema"] = schema };
        if (asked.In is AskedIn.Path || asked.IsNeeded)
        {
            parameter["required"] = true;
        }

        Set(parameter, "example", asked.Example is { } example ? (string?)schema["type"] == "integer" ? long.Parse(example, CultureInfo.InvariantCulture) : example : null);
        return parameter;
    }

    private JsonObject Body(Taken taken, JsonNode made, ApiSchemas schemas)
    {
        JsonObject content = new() { ["schema"] = new JsonObject { ["type"] = "string", ["contentMediaType"] = taken.MediaType } };
        if (taken.Type is not null)
        {
            schemas.Want(taken);
            content["schema"] = made["requestBody"]!["content"]!["application/json"]!["schema"]!.DeepClone();
            Set(content, "example", Example("request"));
        }

        var body = new JsonObject { ["content"] = new JsonObject { [taken.MediaType] = content } };
        if (!taken.IsOptional)
        {
            body["required"] = true;
        }

        return body;
    }

    private JsonObject Response(Answer answer, JsonNode made, ApiSchemas schemas)
    {
        var response = new JsonObject { ["description"] = answer.Text };
        if (answer.Headers.Count > 0)
        {
            response["headers"] = new JsonObject(answer.Headers.Select(header => KeyValuePair.Create(
                header.Key, (JsonNode?)new JsonObject { ["description"] = header.Value, ["schema"] = new JsonObject { ["type"] = "string" } })));
        }

        if (answer.MediaType is { } mediaType)
        {
            JsonNode schema = answer.Type is not null ? made["responses"]![Text(answer.Status)]!["content"]!["application/json"]!["schema"]!.DeepClone()
                : answer.Schema is { } named ? schemas.Has(named) ? ApiSchemas.Reference(named) : throw new InvalidOperationException($"schemas.json has no {named}.")
                : mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.EndsWith("mpegurl", StringComparison.Ordinal) || mediaType.EndsWith("+xml", StringComparison.Ordinal) ? new JsonObject { ["type"] = "string" }
                : new JsonObject { ["type"] = "string", ["contentMediaType"] = mediaType };
            var content = new JsonObject { ["schema"] = schema };
            if (mediaType == "application/json")
            {
                Set(content, "example", Example(Text(answer.Status)));
            }

            response["content"] = new JsonObject { [mediaType] = content };
        }

        return response;
    }

    /// <returns>Null where none was written down: a test of its own wants one of each.</returns>
    private JsonNode? Example(string which) => _examples[$"{Method.ToUpperInvariant()} {Path} {which}"]?.DeepClone();

    private static JsonObject Problem(string text) => new()
    {
        ["description"] = text,
        ["content"] = new JsonObject { [ProblemType] = new JsonObject { ["schema"] = ApiSchemas.Reference("Problem") } },
    };

    private static JsonArray Security(Scope scope, bool isSafe)
    {
        if (scope is Scope.None)
        {
            return [];
        }

        var signed = new JsonObject { ["session"] = new JsonArray() };
        if (!isSafe)
        {
            signed["csrf"] = new JsonArray();
        }

        JsonArray all = [.. Scopes.NamesOf(scope).Select(name => new JsonObject { ["bearer"] = new JsonArray(name) }), signed];
        if (scope is Scope.Play)
        {
            all.Add(new JsonObject());
        }

        return all;
    }

    /// <summary>As <c>getJobsEvents</c>: the method, and the path's words.</summary>
    private string OperationId()
    {
        IEnumerable<string> words = Path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word == "v1").Select(word => word[0] == '{' && word[^1] == '}' ? $"By-{word[1..^1]}" : word);
        return Method + string.Concat(words.SelectMany(word => Word().Matches(word).Select(match => char.ToUpperInvariant(match.Value[0]) + match.Value[1..])));
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\**([a-z]+)(:[a-z]+)?\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
