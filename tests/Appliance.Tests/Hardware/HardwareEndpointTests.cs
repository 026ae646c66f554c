using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Hardware;

/// <summary>Over HTTP, of a box with its own processes.</summary>
public sealed class HardwareEndpointTests(MadeFilm film)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hardware_OwnerAsks_AnswersEveryPathWithAReason()
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.BriefAsync(folder.Path, seconds: 2), Path.Combine(folder.Path, "data"));
        using HttpResponseMessage response = await box.Client.GetAsync("/v1/hardware", Token);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement[] paths = [.. answer.RootElement.GetProperty("paths").EnumerateArray()];
        Assert.True(paths.Length > 20, $"{paths.Length} paths");
        Assert.All(paths, path => Assert.NotEmpty(path.GetProperty("reason").GetString()!));
        Assert.All(paths, path => Assert.Equal("NotTried", path.GetProperty("verdict").GetString()));

        using HttpResponseMessage started = await box.Client.PostAsync("/v1/hardware/probe", null, Token);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        using HttpResponseMessage twice = await box.Client.PostAsync("/v1/hardware/probe", null, Token);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public async Task Hardware_AnybodyElse_IsNotAnswered()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await box.Client.GetAsync("/v1/hardware", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await box.Client.PostAsync("/v1/hardware/probe", null, Token)).StatusCode);
    }
}
