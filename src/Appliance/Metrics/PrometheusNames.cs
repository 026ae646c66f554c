using System.Diagnostics.Metrics;

namespace Appliance.Metrics;

/// <summary>OpenTelemetry's names as Prometheus writes them (OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility"): dots
/// become underscores, the unit comes last in full, and counters end in <c>_total</c>.</summary>
internal static class PrometheusNames
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        string unit = instrument.Unit switch
        {
            null or "" => "",
            "s" => "_seconds",
            "By" => "_bytes",
            "By/s" => "_bytes_per_second",
            "Cel" => "_celsius",
            "W" => "_watts",
            "1" => kind is MetricKind.Gauge ? "_ratio" : "",
            ['{', ..] => "",
            string other => throw new ArgumentException($"{instrument.Name} has the unit {other}, which is not known here."),
        };
        return instrument.Name.Replace('.', '_') + unit + (kind is MetricKind.Counter ? "_total" : "");
    }

    public static string OfLabel(string name) => name.Replace('.', '_');

    /// <summary>A label's value between quotation marks.</summary>
    public static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string EscapedHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
