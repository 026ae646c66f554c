using Appliance.Metrics;
using Appliance.Startup;

namespace Appliance.Budgets;

internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services, ApplianceOptions options)
    {
        services.AddSingleton(options.Budget);
        services.AddSingleton<BudgetKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<BudgetKeeper>());
        services.AddGauges(BudgetGauges.Create);
        return services;
    }
}
