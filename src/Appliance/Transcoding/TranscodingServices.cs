using Appliance.Budgets;
using Appliance.Metrics;
using Appliance.Startup;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

internal static class TranscodingServices
{
    /// <summary>Workers are this very program, started with another first word: one file to install, one version to match.</summary>
    public static IServiceCollection AddTranscoding(this IServiceCollection services, ApplianceOptions options)
    {
        var owners = new OwnersBudget(options);
        BoxBudget budget = owners.With(owners.Wish);
        BoxAllowance allowance = owners.Allowance(budget);
        services.AddSingleton(allowance);
        services.AddSingleton(allowance.Pool);
        services.AddBudgets(owners, budget);
        services.AddSingleton<WorkerPool>();
        services.AddSingleton<ITranscoder, PooledTranscoder>();
        services.AddGauges(WorkerGauges.Create);
        return services;
    }
}
