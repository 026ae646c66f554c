using System.Text.Json.Nodes;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Reference;

/// <summary>The document, judged by what others wrote: a validator of OpenAPI, and JSON Schema's rules over what a real box answers.</summary>
public sealed class AnswersTests(ITestOutputHelper output) : IDisposable
{
    private readonly ScratchFolder scratch = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_ByAValidatorOfOpenApi_IsValid() => await Scripts.SucceedsAsync(output, "node", Scripts.OfOracles("openapi", "document.mjs"), ApiDocument.Path);

    /// <summary>A judge that says yes to all is none.</summary>
    [Theory]
    [InlineData("paths//v1/jobs/get/responses/200/description", "null")]
    [InlineData("components/schemas/HealthResponse/properties/status/type", "\"integer\"")]
    [InlineData("paths//v1/session/get/security", "\"bearer\"")]
    public async Task Document_WithAFault_IsNotValid(string place, string value)
    {
        string judge = Scripts.OfOracles("openapi", "document.mjs");
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(ApiDocument.Path, Token))!;
        string[] names = place.Replace("paths//v1/", "paths|/v1/", StringComparison.Ordinal).Replace("/get/", "|get/", StringComparison.Ordinal).Split('|') is [var first, var path, var rest]
            ? [first, path, .. rest.Split('/')]
            : place.Split('/');
        JsonNode target = names[..^1].Aggregate(document, (node, name) => node[name]!);
        target[names[^1]] = JsonNode.Parse(value);
        string broken = Path.Combine(scratch.Path, "broken.json");
        await File.WriteAllTextAsync(broken, document.ToJsonString(), Token);

        (int code, string printed) = await House.RunAsync("node", judge, broken);
        output.WriteLine(printed);
        Assert.Equal(1, code);
    }

    /// <summary>Every endpoint of a real box is asked, and each answer is what the document says.</summary>
    [Fact]
    public async Task Box_EveryEndpoint_AnswersAsTheDocumentSays()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        string words = Path.Combine(scratch.Path, "words.srt");
        await File.WriteAllTextAsync(words, "1\n00:00:00,500 --> 00:00:02,000\nGood day.\n\n2\n00:00:02,200 --> 00:00:03,500\nGoodbye.\n", Token);
        string film = Path.Combine(scratch.Path, "film.mkv");
        await Scripts.SucceedsAsync(
            output, "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24:duration=4", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-i", words,
            "-t", "4", "-map", "0:v", "-map", "1:a", "-map", "2:s", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-c:a", "aac", "-c:s", "srt", film);

        await Scripts.SucceedsAsync(output, "node", Scripts.OfOracles("openapi", "answers.mjs"), House.Program, film, ApiDocument.Path);
    }

    public void Dispose() => scratch.Dispose();
}
