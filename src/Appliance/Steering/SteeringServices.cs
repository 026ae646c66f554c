namespace Appliance.Steering;

internal static class SteeringServices
{
    public static void AddSteering(this IServiceCollection services)
    {
        services.AddSingleton<Departure>();
        services.AddSingleton<SteeringRule>();
        services.AddSingleton<IHostLifetime, LeavingLifetime>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SteeringJson.Default));
    }
}
