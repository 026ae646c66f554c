using Appliance.Access.Audit;
using Appliance.Access.Guessing;
using Appliance.Access.Keys;
using Appliance.Access.Links;
using Appliance.Access.Owner;
using Appliance.Access.Sessions;
using Appliance.Idempotency;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Access;

internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services, ApplianceOptions options)
    {
        services.AddSingleton<AccessFolder>();
        services.AddSingleton<HomeSwitch>();
        services.AddSingleton<SessionBook>();
        services.AddSingleton<KeyShelf>();
        services.AddSingleton<KeyMeter>();
        services.AddSingleton<LinkSecret>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<FailedTries>();
        services.AddSingleton<Gate>();
        services.AddSingleton<RememberedAnswers>();
        services.AddSingleton<Repeating>();
        services.AddSingleton(provider => new OwnerAccount(provider.GetRequiredService<AccessFolder>(), options.NewOwner, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SetupCode(options.NewOwner || !provider.GetRequiredService<OwnerAccount>().Exists));
        services.AddSingleton(provider => new GuessBrakes(Brake(provider), Brake(provider)));
        services.AddHostedService<AccessUpkeep>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AccessJson.Default));
    }

    private static GuessBrake Brake(IServiceProvider provider) => new(provider.GetRequiredService<FailedTries>(), provider.GetRequiredService<TimeProvider>());
}
