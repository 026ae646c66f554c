using Appliance.Network.Advertising;
using Appliance.Network.Reach;

namespace Appliance.Network;

internal static class NetworkServices
{
    public static void AddNetwork(this IServiceCollection services)
    {
        services.AddSingleton<NetworkSettingsFile>();
        services.AddSingleton(ServiceFolder.OfThisMachine());
        services.AddSingleton<Advertiser>();
        services.AddHostedService(provider => provider.GetRequiredService<Advertiser>());
        services.AddSingleton<ReachKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<ReachKeeper>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, NetworkJson.Default));
    }
}
