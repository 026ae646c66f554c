using Appliance.Startup;

namespace Appliance.Telemetry;

internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services, ApplianceOptions options)
    {
        if (options.Collector is { } collector)
        {
            services.AddHostedService(_ => new OtlpExport(collector));
        }
    }
}
