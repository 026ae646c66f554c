using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Problems;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Problems;

public sealed class ProblemCodeTests
{
    [Fact]
    public void Cause_HasTheCodeOfItsName() =>
        Assert.All(Enum.GetValues<FailureCause>(), cause => Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString()), ProblemCode.Of(cause)));

    [Fact]
    public async Task Source_ThatThereIsNot_IsSaidByItsCode_AndAWrongNumberByItsStatusAlone()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();

        Assert.Equal((HttpStatusCode.NotFound, "no-such-source"), await AskAsync(box, "/v1/sources/unknown"));
        Assert.Equal((HttpStatusCode.BadRequest, null), await AskAsync(box, "/v1/sources?limit=0"));
    }

    private static async Task<(HttpStatusCode Status, string? Code)> AskAsync(TestAppliance box, string url)
    {
        using HttpResponseMessage answer = await box.Client.GetAsync(url, TestContext.Current.CancellationToken);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer.StatusCode, problem.TryGetProperty("code", out JsonElement code) ? code.GetString() : null);
    }
}
