using Appliance.Rewards.Log;
using Appliance.Storage;
using global::Rewards.Metering;

namespace Appliance.Rewards;

internal static class RewardsServices
{
    public static void AddRewards(this IServiceCollection services)
    {
        services.AddSingleton(provider => WorkLedger.Open(
            provider.GetRequiredService<DataFolder>().Ledger,
            new WorkLedgerOptions(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WorkMetering>();
        services.AddSingleton<PublicLog>();
        services.AddSingleton<LogWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<LogWriter>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RewardsJson.Default));
    }
}
