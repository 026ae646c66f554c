namespace Appliance.Health;

internal static class HealthServices
{
    public static void AddHealth(this IServiceCollection services) => services.ConfigureHttpJsonOptions(
        json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HealthJson.Default));
}
