using Appliance.Access;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Metrics;

internal static class MetricsEndpoints
{
    public static void MapMetrics(this WebApplication app)
    {
        // It counts from the start on, and not from when it is first asked.
        app.Services.GetRequiredService<MetricBoard>();
        app.MapMethods("/metrics", SourceEndpoints.Reading, Write).Needs(Scope.Figures).Describe(new("Figures over time, for Prometheus")
        {
            Answers = [Answer.Bytes("text/plain", "Prometheus' text format.")],
        });
    }

    private static ContentHttpResult Write(MetricBoard board, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(board.Write(), PrometheusText.ContentType);
    }
}
