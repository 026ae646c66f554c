using Appliance.Budgets;
using Appliance.Metrics;
using Appliance.Startup;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

internal static class TranscodingServices
{
    /// <summary>Of the data folder: programs for graphics devices, which take a device's compiler seconds to make.</summary>
    private const string ProgramFolder = "kernels";

    /// <summary>Workers are this very program, started with another first word: one file to install, one version to match.</summary>
    public static IServiceCollection AddTranscoding(this IServiceCollection services, ApplianceOptions options)
    {
        var allowance = BoxAllowance.Of(
            options.Budget, SystemLimits.Read(), new() { Device = options.Device, ProgramFolder = Path.Combine(options.DataFolder, ProgramFolder) });
        services.AddSingleton(allowance);
        services.AddSingleton(allowance.Pool);
        services.AddBudgets(options);
        services.AddSingleton<WorkerPool>();
        services.AddSingleton<ITranscoder, PooledTranscoder>();
        services.AddGauges(WorkerGauges.Create);
        return services;
    }
}
