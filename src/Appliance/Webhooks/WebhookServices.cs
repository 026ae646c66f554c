using Appliance.Startup;

namespace Appliance.Webhooks;

internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<HookShelf>();
        services.AddSingleton<HookNews>();
        services.AddSingleton<HookSender>();
        services.AddSingleton<HookPost>();
        services.AddHostedService<OnceListening<HookPost>>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WebhooksJson.Default));
    }
}
