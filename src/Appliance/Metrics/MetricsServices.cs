namespace Appliance.Metrics;

internal static class MetricsServices
{
    public static void AddBoxMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MetricBoard>();
        services.AddGauges(ProcessGauges.Create);
    }
}
