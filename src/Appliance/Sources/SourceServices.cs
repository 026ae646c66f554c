using Appliance.Sources.Sidecars;
using Appliance.Startup;

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
        services.AddSingleton<SourceIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceIntake>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SourcesJson.Default));
        return services;
    }

    /// <summary>Offers what the command line named to the library.</summary>
    /// <returns>How many files that is.</returns>
    /// <exception cref="UsageException">A named file or folder is not there.</exception>
    public static int OfferSources(this WebApplication app)
    {
        var intake = app.Services.GetRequiredService<SourceIntake>();
        return app.Services.GetRequiredService<ApplianceOptions>().Paths
            .SelectMany(SourceFiles.At)
            .ToList()
            .TakeWhile(intake.TryOffer)
            .Count();
    }
}
