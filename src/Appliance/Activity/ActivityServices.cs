namespace Appliance.Activity;

internal static class ActivityServices
{
    public static void AddActivity(this IServiceCollection services) => services.ConfigureHttpJsonOptions(
        json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ActivityJson.Default));
}
