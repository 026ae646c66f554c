using Appliance.Rewards.Accounts;
using Appliance.Rewards.Epochs;
using Appliance.Rewards.Log;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Rewards.Orders;
using Appliance.Rewards.Quotes;
using Appliance.Rewards.Settings;
using Appliance.Startup;
using Appliance.Storage;
using global::Rewards.Accounts;
using global::Rewards.Metering;

namespace Appliance.Rewards;

internal static class RewardsServices
{
    /// <summary>Quotes that are kept until they expire.</summary>
    private const int QuoteLimit = 1000;

    public static void AddRewards(this IServiceCollection services)
    {
        services.AddSingleton(provider => WorkLedger.Open(
            provider.GetRequiredService<DataFolder>().Ledger,
            new WorkLedgerOptions(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WorkMetering>();
        services.AddSingleton<OwnersSettings>();
        services.AddSingleton<PublicLog>();
        services.AddSingleton<BoxAccounts>();
        services.AddSingleton<RecordProofs>();
        services.AddSingleton(provider => new QuoteShelf<QuoteTerms>(QuoteLimit, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PaidOrders>();
        services.AddSingleton<OrderSettling>();
        services.AddSingleton<EpochFolder>();
        services.AddSingleton<EpochClosingGate>();
        services.AddSingleton<Bookkeeper>();
        services.AddHostedService<OnceListening<Bookkeeper>>();
        services.AddSingleton(new WitnessingOptions());
        services.AddSingleton<Witnessing>();
        services.AddHostedService<OnceListening<Witnessing>>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RewardsJson.Default));
    }
}
