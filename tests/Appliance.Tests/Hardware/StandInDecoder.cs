using Appliance.Hardware;
using Appliance.Profiles;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Appliance.Transcoding;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hardware;

/// <summary>A box whose probing processes say that it has one more decoder, of a device: it is libaom under that name beside dav1d, tried by the real probe, rehearsed by real workers and used by
/// the real pool.</summary>
internal static class StandInDecoder
{
    private const string Script =
        """
        case "$2" in
        probe)
          case "$3" in
          list) PROGRAM "$@" | sed 's/"paths":\[/"paths":[{"direction":"Decode","format":"av1","bitDepth":8,"api":"standin","codec":"libaom-av1"},/' ;;
          *standin*) PROGRAM worker probe "$(echo "$3" | sed s/standin/software/)" "$4" | sed 's/"api":"software"/"api":"standin"/' ;;
          *) exec PROGRAM "$@" ;;
          esac ;;
        *) exec PROGRAM "$@" ;;
        esac
        """;

    private static readonly HardwareProbeOptions Probing = new()
    {
        WorkerPath = "/bin/sh",
        WorkerArguments = ["-c", Script.Replace("PROGRAM", House.Program, StringComparison.Ordinal), "sh", "worker"],
        Width = 640,
        Height = 360,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Tries it, and nothing else.</summary>
    /// <returns>What was found, which a box on the same data folder then finds.</returns>
    public static async Task<HardwareView> ProbeAsync(ScratchFolder folder)
    {
        var data = new DataFolder(Path.Combine(folder.Path, "data"));
        var survey = new HardwareSurvey(new(Probing), Probing, new(data.Hardware), OwnersHardware.None);
        await survey.OpenAsync(null, Token);
        return await survey.RunAsync(path => path.Api == "standin", again: true, _ => { }, Token);
    }

    /// <summary>A box with real workers that has it.</summary>
    public static Task<TestAppliance> StartAsync(ScratchFolder folder, string film, string wish, TimeProvider? time = null) => TestAppliance.StartAsync(
        folder: folder,
        film: film,
        time: time,
        options: options => options with { Decoder = new(wish) },
        adjust: builder =>
        {
            builder.Services.AddSingleton(new WorkerPoolOptions { WorkerPath = House.Program, WorkerArguments = ["worker"], Slots = 1, SpareWorkers = 0 });
            builder.Services.AddSingleton<ITranscoder, PooledTranscoder>();
            builder.Services.AddSingleton(Probing);
        });
}
