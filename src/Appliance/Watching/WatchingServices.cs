namespace Appliance.Watching;

internal static class WatchingServices
{
    public static void AddWatching(this IServiceCollection services)
    {
        services.AddSingleton<WatchingShelf>();
        services.AddSingleton<WatchingList>();
        services.AddSingleton<WatchingBrake>();
        services.AddHostedService<WatchingUpkeep>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WatchingJson.Default));
    }
}
