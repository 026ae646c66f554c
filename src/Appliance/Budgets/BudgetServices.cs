using Appliance.Metrics;

namespace Appliance.Budgets;

internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services, OwnersBudget owners, BoxBudget budget)
    {
        services.AddSingleton(owners);
        services.AddSingleton(budget);
        services.AddSingleton<PoolSize>();
        services.AddSingleton<BudgetChanges>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BudgetsJson.Default));
        services.AddSingleton<BudgetKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<BudgetKeeper>());
        services.AddGauges(BudgetGauges.Create);
        return services;
    }
}
