using System.Globalization;
using Appliance.Startup;
using Span = System.Diagnostics.Activity;

namespace Appliance.Telemetry;

/// <summary>Says of the server's spans which endpoint answered, and how. Addresses are left out: a signed one would let whoever reads the traces play.</summary>
internal static class RequestSpans
{
    public static void UseRequestSpans(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ApplianceOptions>().Collector is not null)
        {
            app.Use(DescribeAsync);
        }
    }

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        // The response is out when this ends, and the span with it: what is said of it must be said before.
        context.Response.OnStarting(static state => Describe((HttpContext)state), context);
        await next(context);
    }

    private static Task Describe(HttpContext context)
    {
        if (Span.Current is { } span)
        {
            string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            span.DisplayName = $"{context.Request.Method} {route}".TrimEnd();
            span.SetTag("http.request.method", context.Request.Method)
                .SetTag("http.route", route)
                .SetTag("http.response.status_code", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        }

        return Task.CompletedTask;
    }
}
