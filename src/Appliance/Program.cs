using Appliance.Access;
using Appliance.Access.Links;
using Appliance.Activity;
using Appliance.Admission;
using Appliance.Hardware;
using Appliance.Health;
using Appliance.Jobs;
using Appliance.Metrics;
using Appliance.Network;
using Appliance.Page;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Rewards;
using Appliance.Sources;
using Appliance.Sources.Watching;
using Appliance.Startup;
using Appliance.Telemetry;
using Appliance.Transcoding;
using Appliance.Uploads;
using Appliance.Webhooks;

namespace Appliance;

/// <summary>A table of contents.</summary>
internal static class Program
{
    public static int Main(string[] arguments) =>
        Verbs.Run(arguments) ?? ApplianceServer.RunAsync(arguments, options => Build(options), Console.Out, Console.Error).GetAwaiter().GetResult();

    /// <param name="options">What the command line decides.</param>
    /// <param name="adjust">What a test replaces.</param>
    public static WebApplication Build(ApplianceOptions options, Action<WebApplicationBuilder>? adjust = null)
    {
        WebApplicationBuilder builder = BoxBuilder.Create(options);
        builder.Services.AddAccess(options);
        builder.Services.AddProblems();
        builder.Services.AddBoxMetrics();
        builder.Services.AddTelemetry(options);
        builder.Services.AddTranscoding(options);
        builder.Services.AddSources();
        builder.Services.AddUploads();
        builder.Services.AddAdmission();
        builder.Services.AddPlayback(options);
        builder.Services.AddRewards();
        builder.Services.AddHealth();
        builder.Services.AddActivity();
        builder.Services.AddHardware();
        builder.Services.AddJobs(options);
        builder.Services.AddNetwork();
        builder.Services.AddWebhooks();
        adjust?.Invoke(builder);

        WebApplication app = builder.Build();
        app.UseRequestSpans();
        app.UseSafeHeaders();
        app.UseLinks();
        app.UseCrossOrigin();
        app.UseDocumentCompression();
        app.UseProblemAnswers();
        app.UseAccessRules();
        app.UsePage();

        app.MapSources();
        app.MapLibrary();
        app.MapUploads();
        app.MapPlayback();
        app.MapRewards();
        app.MapHealth();
        app.MapActivity();
        app.MapMetrics();
        app.MapHardware();
        app.MapJobs();
        app.MapAccess();
        app.MapNetwork();
        app.MapWebhooks();
        return app;
    }
}
