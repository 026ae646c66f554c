using Appliance.Budgets;
using Appliance.Metrics;
using Appliance.Startup;
using Appliance.Steering;

namespace Appliance.Playback;

internal static class PlaybackServices
{
    public static IServiceCollection AddPlayback(this IServiceCollection services, ApplianceOptions options)
    {
        services.AddSingleton(provider => new CacheLimits { DiskBytes = options.CacheQuotaBytes, MemoryBytes = provider.GetRequiredService<BoxAllowance>().Memory.FlightBytes });
        services.AddSingleton<KeptFiles>();
        services.AddSingleton<SegmentStore>();
        services.AddSingleton<SegmentShelf>();
        services.AddSingleton<SegmentCache>();
        services.AddSingleton<ReadAhead>();
        services.AddSingleton<PlaybackMeter>();
        services.AddSteering();
        services.AddGauges(PlaybackGauges.Create);
        return services;
    }
}
