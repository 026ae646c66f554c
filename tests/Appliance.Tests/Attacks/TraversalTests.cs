using System.Text.RegularExpressions;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Attacks;

/// <summary>Every part of every address that somebody chooses, by every way to write a folder above: with the owner's key, so that nothing is refused before it is looked up.</summary>
public sealed partial class TraversalTests(ITestOutputHelper output)
{
    private static readonly string[] Ways =
    [
        "../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd", "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..\\..\\..\\etc\\passwd", "..%5c..%5c..%5cetc%5cpasswd",
        "%252e%252e%252f%252e%252e%252fetc%252fpasswd", "%c0%ae%c0%ae%c0%af%c0%ae%c0%ae%c0%afetc%c0%afpasswd", "%e0%80%ae%e0%80%ae/etc/passwd", "%uff0e%uff0e/etc/passwd", "....//....//etc/passwd", "/etc/passwd", "//etc/passwd",
        "%2fetc%2fpasswd", "file:%2f%2f%2fetc%2fpasswd", "%00", "a%00/../../etc/passwd", "..%00/", ".", "..", "~", "%2e", "con", "a%0d%0aX-Header:%20b", "%ff%fe", "%ed%a0%80", "-1", "9223372036854775808", "0x0", "*",
    ];

    [Fact]
    public async Task EveryVariable_WrittenAsAFolderAbove_LeadsNowhere()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string[] parts = box.Url("720p", "0.m4s").Split('/');
        List<string> wrong = [];
        int asked = 0;
        foreach (RouteEndpoint endpoint in box.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            MatchCollection variables = Variable().Matches(route);
            foreach (Match variable in variables)
            {
                foreach (string way in Ways)
                {
                    if (route == "/v1/jobs/{id}/events" && way == "..")
                    {
                        // Without the dots, /v1/events: a stream that goes on for minutes.
                        continue;
                    }

                    // The others are right, so that this one is what is looked at.
                    string path = Variable().Replace(route, match => match == variable || match.Index == variable.Index ? way : match.Groups[1].Value switch
                    {
                        "id" => parts[3],
                        "rendition" => parts[5],
                        _ => "0",
                    });
                    string answer = await RawTalk.AskAsync(
                        box.BaseAddress, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {box.Token}\r\nTus-Resumable: 1.0.0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                    asked++;
                    int status = RawTalk.Statuses(answer).FirstOrDefault();
                    if (status is not (200 or 204 or (>= 400 and < 500)) || (status is 200 && !Normalized(path)) || answer.Contains("root:", StringComparison.Ordinal) || answer.Contains("X-Header", StringComparison.Ordinal))
                    {
                        wrong.Add($"{method} {path}: {answer.Split("\r\n")[0]}");
                    }
                }
            }
        }

        output.WriteLine($"{asked} requests");
        Assert.Empty(wrong);
        Assert.True(asked > 500);
        Assert.Empty(box.Work.SegmentsStarted);
    }

    /// <summary>What is another address once dots are taken out, as every server takes them out, may be there.</summary>
    private static bool Normalized(string path) => path.Contains("..", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.Ordinal) || path.Contains("uploads", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\**([a-z]+)[^}]*\}")]
    private static partial Regex Variable();
}
