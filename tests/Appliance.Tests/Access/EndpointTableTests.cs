using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Access;
using Appliance.Tests.Hosting;
using Appliance.Tests.Reference;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Access;

/// <summary>Every endpoint there is, and every kind of caller.</summary>
public sealed partial class EndpointTableTests(ITestOutputHelper output)
{
    /// <summary>What each wants: of several scopes any one, and - is nothing. An endpoint that is not here, or wants something else, was not thought of.</summary>
    private const string Table =
        """
        DELETE /v1/cache owner
        DELETE /v1/jobs/{id} jobs
        DELETE /v1/keys/{id} owner
        DELETE /v1/library/{id} library
        DELETE /v1/session -
        DELETE /v1/sessions/{id} owner
        DELETE /v1/uploads/{id} library
        DELETE /v1/urls owner
        DELETE /v1/watching/{source} play
        DELETE /v1/webhooks/{id} library,jobs,orders
        GET /health/live -
        GET /health/ready -
        GET /metrics figures
        GET /v1/access owner
        GET /v1/activity figures
        GET /v1/audit owner
        GET /v1/budgets owner
        GET /v1/budgets/wish owner
        GET /v1/epochs/last -
        GET /v1/epochs/{epoch:long} -
        GET /v1/epochs/{epoch:long}/claims -
        GET /v1/events play
        GET /v1/hardware owner
        GET /v1/identity -
        GET /v1/jobs jobs
        GET /v1/jobs/{id} jobs
        GET /v1/jobs/{id}/events jobs
        GET /v1/keys owner
        GET /v1/library library
        GET /v1/log/checkpoint -
        GET /v1/log/key -
        GET /v1/log/tile/{**path} -
        GET /v1/network owner
        GET /v1/orders/{quote} orders
        GET /v1/orders/{quote}/receipts orders
        GET /v1/orders/{quote}/receipts/{sequence:long}/proof orders
        GET /v1/prices -
        GET /v1/rewards/audit owner
        GET /v1/rewards/earnings owner
        GET /v1/rewards/receipts owner
        GET /v1/rewards/records owner
        GET /v1/rewards/records/{sequence}/proof owner
        GET /v1/rewards/requesters/{address} owner
        GET /v1/rewards/requesters/{address}/statement owner
        GET /v1/rewards/status owner
        GET /v1/rewards/totals owner
        GET /v1/session -
        GET /v1/sessions owner
        GET /v1/settings owner
        GET /v1/settings/{name}/lines owner
        GET /v1/sources play
        GET /v1/sources/{id} play
        GET /v1/sources/{id}/dash/manifest.mpd play
        GET /v1/sources/{id}/hls/master.m3u8 play
        GET /v1/sources/{id}/hls/{rendition}/index.m3u8 play
        GET /v1/sources/{id}/hls/{rendition}/init.mp4 play
        GET /v1/sources/{id}/hls/{rendition}/{index}.jpg play
        GET /v1/sources/{id}/hls/{rendition}/{index}.m4s play
        GET /v1/sources/{id}/hls/{rendition}/{index}.vtt play
        GET /v1/sources/{id}/steering.json play
        GET /v1/sources/{id}/still.jpg play
        GET /v1/sources/{id}/tuning.json play
        GET /v1/storage owner
        GET /v1/uploads library
        GET /v1/watching play
        GET /v1/webhooks library,jobs,orders
        GET /v1/webhooks/{id} library,jobs,orders
        GET /v1/webhooks/{id}/deliveries library,jobs,orders
        GET /v1/weights/{version:int} -
        HEAD /v1/uploads/{id} library
        OPTIONS /v1/uploads -
        OPTIONS /v1/uploads/{id} -
        PATCH /v1/uploads/{id} library
        POST /v1/hardware/probe owner
        POST /v1/jobs jobs
        POST /v1/keys owner
        POST /v1/orders orders
        POST /v1/orders/{quote}/countersignatures orders
        POST /v1/owner -
        POST /v1/quotes orders
        POST /v1/rewards/deposits owner
        POST /v1/rewards/epochs owner
        POST /v1/rewards/withdrawals owner
        POST /v1/session -
        POST /v1/sources library
        POST /v1/sources/{id}/urls links
        POST /v1/uploads library
        POST /v1/uploads/{id} library
        POST /v1/webhooks library,jobs,orders
        POST /v1/webhooks/{id}/test library,jobs,orders
        PUT /v1/access owner
        PUT /v1/budgets/wish owner
        PUT /v1/network owner
        PUT /v1/owner owner
        PUT /v1/watching/{source} play
        """;

    /// <summary>What starts processes is not started to see that it would be.</summary>
    private const string Heavy = "/v1/hardware/probe";

    private static readonly string[] ScopeNames = ["play", "links", "library", "jobs", "orders", "figures", "owner"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_Needs_AreThoseOfTheTable()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        IEnumerable<string> found = box.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint =>
        {
            Need? need = endpoint.Metadata.GetMetadata<Need>();
            string wants = need is null ? "undeclared" : need.Scope is Scope.None ? "-" : string.Join(',', Scopes.NamesOf(need.Scope));
            return $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{endpoint.RoutePattern.RawText!.TrimStart('/')} {wants}";
        });

        Assert.Equal(Table.Split('\n'), found.Where(line => line != "GET / -").Order(StringComparer.Ordinal));
    }

    /// <summary>The API's document has each of them, with what it wants, and nothing else.</summary>
    [Fact]
    public async Task Document_Operations_AreThoseOfTheTable()
    {
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(ApiDocument.Path, Token));
        IEnumerable<string> found = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation =>
            $"{operation.Name.ToUpperInvariant()} {path.Name} {(operation.Value.TryGetProperty("x-scope", out JsonElement scope) ? scope.GetString()!.Replace(", ", ",", StringComparison.Ordinal) : "-")}"));

        Assert.Equal(Table.Split('\n').Select(line => Constraint().Replace(line, "{$1}")).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryEndpoint_EveryCaller_IsAnsweredByTheTable()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        (string Name, (string, string)[] Headers, string[] Held, bool HasKey)[] callers =
        [
            ("home", [], ["play"], false),
            ("stranger", [(FarAddresses.Header, FarAddresses.Stranger)], [], false),
            .. ScopeNames.Select(scope => (scope, new[] { ("Authorization", $"Bearer {box.Key(scope)}"), (FarAddresses.Header, FarAddresses.Stranger) }, new[] { scope }, true)),
        ];
        int asked = 0;
        List<string> wrong = [];
        foreach (string line in Table.Split('\n'))
        {
            string[] parts = line.Split(' ');
            string path = Parameter().Replace(parts[1], match => match.Value.Contains(':') ? "1" : "00000000000000000000");
            foreach ((string name, (string, string)[] headers, string[] held, bool hasKey) in callers)
            {
                bool may = parts[2] == "-" || parts[2].Split(',').Intersect(held).Any() || held.Contains("owner");
                if (may && path == Heavy)
                {
                    continue;
                }

                using HttpResponseMessage answer = await box.SendAsync(new HttpMethod(parts[0]), path, headers);
                asked++;
                bool refused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                HttpStatusCode? expected = may ? null : hasKey ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized;
                bool isRight = expected is null ? !refused : answer.StatusCode == expected && answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
                if (!isRight)
                {
                    wrong.Add($"{line} as {name}: {(int)answer.StatusCode}");
                }
            }
        }

        output.WriteLine($"{asked} requests");
        Assert.Empty(wrong);
    }

    /// <summary>What would be done is refused before what was sent for it is looked at.</summary>
    [Theory]
    [InlineData("/v1/keys")]
    [InlineData("/v1/sources")]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/orders")]
    public async Task Body_OfAStranger_IsNotRead(string path)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add(FarAddresses.Header, FarAddresses.Stranger);
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{\**([a-z]+)(?::[a-z]+)?\}")]
    private static partial Regex Constraint();
}
