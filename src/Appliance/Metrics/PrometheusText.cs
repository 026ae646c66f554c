using System.Globalization;
using System.Text;

namespace Appliance.Metrics;

/// <summary>Prometheus' text format, version 0.0.4 ("Exposition formats" of its documentation).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Append(StringBuilder text, MetricFamily family)
    {
        if (family.Series.Count == 0)
        {
            return;
        }

        text.Append("# HELP ").Append(family.Name).Append(' ').Append(PrometheusNames.EscapedHelp(family.Help)).Append('\n');
        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
        foreach ((string labels, MetricSeries series) in family.Series)
        {
            if (family.Kind is MetricKind.Histogram)
            {
                AppendHistogram(text, family, labels, series);
            }
            else
            {
                AppendLine(text, family.Name, labels, series.Value);
            }
        }
    }

    private static void AppendHistogram(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        string before = labels.Length > 0 ? labels + "," : "";
        for (int i = 0; i < family.Bounds.Count; i++)
        {
            AppendLine(text, family.Name + "_bucket", $"{before}le=\"{Number(family.Bounds[i])}\"", series.Within[i]);
        }

        AppendLine(text, family.Name + "_bucket", before + "le=\"+Inf\"", series.Count);
        AppendLine(text, family.Name + "_sum", labels, series.Value);
        AppendLine(text, family.Name + "_count", labels, series.Count);
    }

    private static void AppendLine(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
