using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Appliance.Page;
using Appliance.Reference;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Appliance.Tests.Reference;

/// <summary>The API's document (OpenAPI 3.1), made of a running box: its endpoints, what each wants and says of itself, and the contracts of their JSON.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    /// <summary>Where it is kept, for the builds of the page and of clients.</summary>
    public static string Path { get; } = House.At("src", "Appliance", "Reference", "openapi.json");

    public static async Task<JsonObject> MakeAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Type> types = [];
        await using TestAppliance box = await TestAppliance.StartAsync(adjust: builder =>
        {
            // Numbers in quotes are understood, and not spoken of.
            builder.Services.Configure<JsonOptions>(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
            builder.Services.AddOpenApi(Name, options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.CreateSchemaReferenceId = type => NameOf(type, types);
            });
        });
        OpenApiDocument document = await box.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancellationToken);
        var raw = (JsonObject)JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!;
        var examples = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Beside("examples.json"), cancellationToken))!;
        var schemas = new ApiSchemas((JsonObject)raw["components"]!["schemas"]!, types);
        schemas.Add((JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Beside("schemas.json"), cancellationToken))!);
        var paths = new JsonObject();
        foreach (RouteEndpoint endpoint in box.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText != PageFiles.Missing))
        {
            var operation = new ApiOperation(endpoint, examples);
            paths.TryAdd(operation.Path, new JsonObject());
            paths[operation.Path]![operation.Method] = operation.Write(raw["paths"]![operation.Path]![operation.Method]!, schemas);
        }

        foreach (JsonObject path in paths.Select(path => (JsonObject)path.Value!))
        {
            Sort(path);
        }

        Sort(paths);
        return ApiPreface.Write(paths, schemas.Written());
    }

    private static string Beside(string name) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name);

    private static string? NameOf(JsonTypeInfo info, Dictionary<string, Type> types)
    {
        string? name = OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        if (name is not null && !types.TryAdd(name, Nullable.GetUnderlyingType(info.Type) ?? info.Type) && types[name] != (Nullable.GetUnderlyingType(info.Type) ?? info.Type))
        {
            throw new InvalidOperationException($"{types[name]} and {info.Type} are both called {name}.");
        }

        return name;
    }

    private static void Sort(JsonObject members)
    {
        foreach ((string key, JsonNode? value) in members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList())
        {
            members.Remove(key);
            members[key] = value;
        }
    }
}
