using Appliance.Metrics;
using Appliance.Sources.Remote;
using Appliance.Sources.Sidecars;
using Appliance.Sources.Watching;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Uploads;

namespace Appliance.Sources;

internal static class SourceServices
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddSingleton<OpenFiles>(_ => new OpenFiles());
        services.AddSingleton<SourceLibrary>();
        services.AddSingleton<SidecarSearch>();
        services.AddSingleton<SourceLookup>();
        services.AddSingleton<MadeHere>();
        services.AddSingleton<DescriptionStore>();
        services.AddSingleton<SourceLooks>();
        services.AddSingleton<UploadTitles>();
        services.AddSingleton<SourceIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceIntake>());
        services.AddSingleton<ServedPaths>();
        services.AddSingleton<OwnFolders>();
        services.AddSingleton<FolderWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<FolderWatch>());
        services.AddSingleton<IOriginNetwork, OriginNetwork>();
        services.AddSingleton(provider => provider.GetRequiredService<ApplianceOptions>().AllowedOrigins);
        services.AddSingleton<OriginLimits>();
        services.AddSingleton<OriginConnections>();
        services.AddSingleton<OriginClient>();
        services.AddSingleton<OriginCache>();
        services.AddSingleton<RemoteFilms>();
        services.AddSingleton<RemoteIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<RemoteIntake>());
        services.AddGauges(SourceGauges.Create);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SourcesJson.Default));
        return services;
    }

    /// <summary>Looks through what is served for the first time, and offers it to the library.</summary>
    /// <returns>How many files that is.</returns>
    /// <exception cref="UsageException">A file or folder that the command line names is not there.</exception>
    public static int OfferSources(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ApplianceOptions>().Paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new UsageException($"There is no file or folder {missing}.");
        }

        return app.Services.GetRequiredService<FolderWatch>().LookAtAll();
    }
}
