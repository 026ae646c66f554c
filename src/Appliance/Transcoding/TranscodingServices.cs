using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

internal static class TranscodingServices
{
    /// <summary>Workers are this very program, started with another first word: one file to install, one version to match.</summary>
    public static IServiceCollection AddTranscoding(this IServiceCollection services)
    {
        services.AddSingleton(new WorkerPoolOptions());
        services.AddSingleton<WorkerPool>();
        services.AddSingleton<ITranscoder, PooledTranscoder>();
        return services;
    }
}
