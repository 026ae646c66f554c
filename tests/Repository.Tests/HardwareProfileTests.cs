using System.Globalization;
using System.Text.Json.Nodes;
using NJsonSchema;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Repository.Tests;

public sealed class HardwareProfileTests
{
    private static IEnumerable<string> Profiles =>
        CommittedFiles.Ending(".yaml").Where(p => p.StartsWith("hardware-profiles/", StringComparison.Ordinal));

    [Fact]
    public async Task Profiles_EveryFile_FollowsTheSchema()
    {
        JsonSchema schema = await SchemaAsync();

        Assert.NotEmpty(Profiles);
        Assert.Empty(Profiles.SelectMany(p => Faults(schema, CommittedFiles.Text(p)).Select(fault => $"{p}: {fault}")));
    }

    [Fact]
    public void Profiles_Names_AreTheirFiles() =>
        Assert.Empty(Profiles.Where(p => (string?)Load(CommittedFiles.Text(p))["profile"] != Path.GetFileNameWithoutExtension(p)));

    [Theory]
    [InlineData("standing: measured, ", "")]
    [InlineData("standing: measured", "standing: guessed")]
    [InlineData("least: 1, most: 2", "least: 1.5, most: 2")]
    [InlineData("codec: h264", "codec: h265")]
    [InlineData("version: 1", "version: 1\nmore: 1")]
    public async Task Schema_ProfileThatBreaksARule_IsRefused(string rule, string broken)
    {
        string profile = CommittedFiles.Text("hardware-profiles/generic-x86-64-2core.yaml");

        Assert.NotEmpty(Faults(await SchemaAsync(), profile.Replace(rule, broken, StringComparison.Ordinal)));
    }

    /// <summary>Editors find the schema by it.</summary>
    [Fact]
    public void Profiles_FirstLine_NamesTheSchemaForEditors() =>
        Assert.Empty(Profiles.Where(p => !CommittedFiles.Text(p).StartsWith("# yaml-language-server: $schema=schema.json\n", StringComparison.Ordinal)));

    [Fact]
    public void Readme_Table_HasEveryProfile() =>
        Assert.Empty(Profiles.Where(p => !CommittedFiles.Text("hardware-profiles/README.md").Contains($"({Path.GetFileName(p)})", StringComparison.Ordinal)));

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromJsonAsync(CommittedFiles.Text("hardware-profiles/schema.json"), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Faults(JsonSchema schema, string yaml) =>
        schema.Validate(Load(yaml).ToJsonString()).Select(error => error.ToString());

    private static JsonObject Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (JsonObject)ToJson(stream.Documents[0].RootNode)!;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value!, ToJson(e.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode { Value: "null" or "" } => null,
        YamlScalarNode scalar when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
        YamlScalarNode scalar when decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) =>
            JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"A profile holds no {node.NodeType}."),
    };
}
