using System.Diagnostics.Metrics;

namespace Appliance.Metrics;

/// <summary>The one meter of the box. Each feature has its own instruments on it; names and units are those of OpenTelemetry's conventions.</summary>
internal static class BoxMeter
{
    public const string Name = "Appliance";

    /// <summary>The same meter each time within one box.</summary>
    public static Meter CreateBoxMeter(this IMeterFactory meters) => meters.Create(Name);

    /// <summary>Has a feature's instruments that are looked at only when somebody asks created at the start.</summary>
    public static void AddGauges(this IServiceCollection services, Gauges gauges) => services.AddSingleton(gauges);
}
