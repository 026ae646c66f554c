using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

public sealed class NetworkEndpointTests
{
    private const string Url = "/v1/network";

    [Fact]
    public async Task Network_WithoutTheToken_IsNobodysBusiness()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await appliance.SendAsync(HttpMethod.Get, Url)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PutAsync(appliance, """{"reach":true}""")).StatusCode);
    }

    [Theory]
    [InlineData("{}", "reach must be true or false: whether others outside the home may reach this box.")]
    [InlineData("""{"reach":true,"port":0}""", "port must be a number from 1 to 65535, or be left out.")]
    [InlineData("""{"reach":true,"port":65536}""", "port must be a number from 1 to 65535, or be left out.")]
    [InlineData("""{"reach":true,"leaseSeconds":9}""", "leaseSeconds must be a number from 10 to 86400, or be left out.")]
    [InlineData("""{"reach":true,"name":"a\u0007b"}""", "name must be text of at most 63 bytes, without control characters, or be left out.")]
    [InlineData("""{"reach":true,"name":"\ud800"}""", null)]
    [InlineData("""{"reach":true,"name":"ääääääääääääääääääääääääääääääää"}""", "name must be text of at most 63 bytes, without control characters, or be left out.")]
    [InlineData("""{"reach":"yes"}""", null)]
    [InlineData("[", null)]
    public async Task Network_BadSettings_AreRefused_AndChangeNothing(string settings, string? detail)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        appliance.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", appliance.Token);

        HttpResponseMessage answer = await PutAsync(appliance, settings);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        if (detail is not null)
        {
            Assert.Equal(detail, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("detail").GetString());
        }

        Assert.False((await appliance.GetJsonAsync(Url)).GetProperty("settings").GetProperty("reach").GetBoolean());
    }

    [Fact]
    public async Task Network_Settings_OutliveTheBox_AndDamagedOnesOpenNothing()
    {
        using var folder = new ScratchFolder();
        string token;
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            token = appliance.Token!;
            appliance.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            Assert.Equal(HttpStatusCode.Accepted, (await PutAsync(appliance, """{"reach":true,"port":8443,"leaseSeconds":120,"name":"Küche & Bad"}""")).StatusCode);
        }

        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            appliance.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            JsonElement network = await appliance.GetJsonAsync(Url);
            Assert.Equal("""{"reach":true,"port":8443,"leaseSeconds":120,"name":"K\u00FCche \u0026 Bad"}""", JsonSerializer.Serialize(network.GetProperty("settings")));
            await Until.HoldsAsync(async () => (await appliance.GetJsonAsync(Url)).GetProperty("says").GetString()
                == "Nobody reaches this box, at home or outside: it listens to its own machine only.");
        }

        string kept = Path.Combine(folder.Path, "data", "network.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        await File.WriteAllTextAsync(kept, (await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken))[..20], TestContext.Current.CancellationToken);
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            appliance.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            JsonElement network = await appliance.GetJsonAsync(Url);
            Assert.False(network.GetProperty("settings").GetProperty("reach").GetBoolean());
            Assert.StartsWith("What was set before does not hold, and nobody outside is let in.", network.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> PutAsync(TestAppliance appliance, string settings)
    {
        using var content = new StringContent(settings, Encoding.UTF8, "application/json");
        return await appliance.Client.PutAsync(Url, content, TestContext.Current.CancellationToken);
    }
}
