using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources;

/// <summary>The list of sources, page by page.</summary>
public sealed class SourcePagesTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    [Fact]
    public async Task Pages_Together_AreTheWholeList()
    {
        string films = Path.Combine(folder.Path, "films");
        foreach (int number in Enumerable.Range(1, 5))
        {
            folder.File(Path.Combine("films", $"Film {number}.mkv"), $"film {number}");
        }

        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, film: films);
        JsonElement whole = await box.GetJsonAsync("/v1/sources");
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("next").ValueKind);
        string[] all = Ids(whole);
        Assert.Equal(5, all.Length);

        List<string> found = [];
        int pages = 0;
        for (string? after = ""; after is not null; pages++)
        {
            JsonElement page = await box.GetJsonAsync($"/v1/sources?limit=2{after}");
            found.AddRange(Ids(page));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal(all, found);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=20001")]
    [InlineData("?limit=x")]
    [InlineData("?after=00000000000000000000")]
    public async Task Page_ThatCannotBe_IsRefused(string query)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"/v1/sources{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    public void Dispose() => folder.Dispose();

    private static string[] Ids(JsonElement list) => [.. list.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("id").GetString()!)];
}
