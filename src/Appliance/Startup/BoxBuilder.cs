using Appliance.Storage;

namespace Appliance.Startup;

/// <summary>What everything else is added to.</summary>
internal static class BoxBuilder
{
    /// <exception cref="UsageException">The data folder cannot be made or entered.</exception>
    public static WebApplicationBuilder Create(ApplianceOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,

            // The framework has no settings file here; without this a thread would wait for one to change.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.AddListening(options);
        builder.AddLogs(options.LogsJson);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new DataFolder(options.DataFolder));
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }
}
