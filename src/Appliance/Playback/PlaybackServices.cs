using Appliance.Startup;

namespace Appliance.Playback;

internal static class PlaybackServices
{
    public static IServiceCollection AddPlayback(this IServiceCollection services, ApplianceOptions options)
    {
        services.AddSingleton(new CacheLimits { DiskBytes = options.CacheQuotaBytes });
        services.AddSingleton<KeptFiles>();
        services.AddSingleton<SegmentStore>();
        services.AddSingleton<SegmentShelf>();
        services.AddSingleton<SegmentCache>();
        services.AddSingleton<ReadAhead>();
        return services;
    }
}
