using System.Text;
using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Xunit;

namespace Transcode.Engine.Tests.Recipes;

public sealed class CanonicalJsonTests
{
    /// <summary>Forms of RFC 8785's own samples (3.2.2 to 3.2.4 and appendix B) as far as whole numbers and ASCII reach.</summary>
    [Theory]
    [InlineData("{ \"literals\": [null, true, false] }", "{\"literals\":[null,true,false]}")]
    [InlineData("{\"1\": {\"f\": {\"f\": \"hi\", \"F\": 5}, \"\": \"empty\"}, \"10\": 1, \"a\": {}}", "{\"1\":{\"\":\"empty\",\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":1,\"a\":{}}")]
    [InlineData("[56, {\"d\": true, \"10\": null, \"1\": []}]", "[56,{\"1\":[],\"10\":null,\"d\":true}]")]
    [InlineData("{\"peach\": \"one\", \"A\": \"<script>\", \"b\": \"\\\"quoted\\\" \\\\ / \\/ &'+`\"}", "{\"A\":\"<script>\",\"b\":\"\\\"quoted\\\" \\\\ / / &'+`\",\"peach\":\"one\"}")]
    [InlineData("[0, -1, 9007199254740991, 9007199254740992, -9007199254740992]", "[0,-1,9007199254740991,9007199254740992,-9007199254740992]")]
    public void Document_OfWholeNumbersAndAscii_IsCanonical(string document, string canonical) =>
        Assert.Equal(canonical, Written(document));

    [Theory]
    [InlineData("[1.5]")]
    [InlineData("[9007199254740993]")]
    [InlineData("[1e30]")]
    [InlineData("[\"\\u20ac\"]")]
    [InlineData("[\"\\n\"]")]
    [InlineData("{\"\\u00f6\": 1}")]
    public void Document_BeyondThat_IsRefused(string document) => Assert.Throws<NotSupportedException>(() => Written(document));

    [Fact]
    public void Recipe_Identity_ChangesWithEveryFieldAndOnlyThen()
    {
        var recipe = new AudioRecipe { StreamIndex = 1, Encoder = "aac", BitRate = 128_000, Channels = 2, SampleRate = 48_000 };

        Assert.Equal(
            "{\"bitRate\":128000,\"channels\":2,\"encoder\":\"aac\",\"gridVersion\":2,\"kind\":\"audio\",\"sampleRate\":48000,\"streamIndex\":1}",
            Encoding.ASCII.GetString(recipe.CanonicalJson()));
        Assert.Equal(recipe.Id, (recipe with { }).Id);
        Assert.Equal(6, new HashSet<string>
        {
            recipe.Id,
            (recipe with { StreamIndex = 2 }).Id,
            (recipe with { BitRate = 96_000 }).Id,
            (recipe with { Channels = 1 }).Id,
            (recipe with { SampleRate = 44_100 }).Id,
            (recipe with { GridVersion = Grid.Version + 1 }).Id,
        }.Count);
    }

    private static string Written(string document) =>
        Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonDocument.Parse(document).RootElement));
}
