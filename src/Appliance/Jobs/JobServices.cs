using Appliance.Jobs.Batch;
using Appliance.Metrics;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Jobs;

internal static class JobServices
{
    public static void AddJobs(this IServiceCollection services, ApplianceOptions options)
    {
        services.AddSingleton(provider => new OutputSpace(options.JobsQuotaBytes, provider.GetRequiredService<DataFolder>().Path));
        services.AddSingleton<JobJournal>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<JobListeners>();
        services.AddSingleton<CachedMaker>();
        services.AddHostedService<JobRunner>();
        services.AddGauges(JobGauges.Create);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, JobsJson.Default));
    }
}
