using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Reference;

/// <summary>The API's document.</summary>
public sealed class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The document that is committed, of which clients and the page are made, is what the box says of itself now.</summary>
    [Fact]
    public async Task Committed_IsWhatTheBoxSaysOfItself()
    {
        string made = (await ApiDocument.MakeAsync(Token)).ToJsonString(Readable) + "\n";
        string committed = File.Exists(ApiDocument.Path) ? await File.ReadAllTextAsync(ApiDocument.Path, Token) : "";
        string now = House.At("artifacts", "openapi.json");
        Directory.CreateDirectory(Path.GetDirectoryName(now)!);
        await File.WriteAllTextAsync(now, made, Token);

        Assert.True(committed == made, "The API has changed, and its document has not: look at it, then cp artifacts/openapi.json src/Appliance/Reference/openapi.json");
    }

    /// <summary>Whoever reads it sees one of each.</summary>
    [Fact]
    public async Task Bodies_OfJson_EachHaveAnExample()
    {
        var document = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(ApiDocument.Path, Token))!;
        List<string> without = [];
        foreach ((string path, JsonNode? operations) in (JsonObject)document["paths"]!)
        {
            foreach ((string method, JsonNode? operation) in (JsonObject)operations!)
            {
                IEnumerable<(string Which, JsonNode? Body)> bodies = ((JsonObject)operation!["responses"]!).Select(response => (response.Key, response.Value!["content"]?["application/json"]))
                    .Append(("request", operation["requestBody"]?["content"]?["application/json"]));
                without.AddRange(bodies.Where(body => body.Body is not null && body.Body["example"] is null).Select(body => $"{method.ToUpperInvariant()} {path} {body.Which}"));
            }
        }

        Assert.Empty(without);
    }
}
