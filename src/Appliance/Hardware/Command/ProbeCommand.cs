using System.Text.Json;
using Appliance.Jobs.Batch;
using Appliance.Jobs.Command;
using Appliance.Profiles;
using Appliance.Storage;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Hardware.Command;

/// <summary>The verb <c>probe</c>: tries all there is on this box, and shows it as it is found.</summary>
internal static class ProbeCommand
{
    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For the table, or the document.</param>
    /// <param name="errors">For what went wrong.</param>
    /// <returns>The exit status, as <see cref="ProbeOptions.Usage"/> tells.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        await new FileCommand(errors, "Interrupted; what was found is kept.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (ProbeOptions.Parse(arguments, Environment.GetEnvironmentVariable) is { } options)
            {
                await RunAsync(options, output, cancellationToken);
            }
            else
            {
                await output.WriteLineAsync(ProbeOptions.Usage);
            }

            return 0;
        });

    private static async Task RunAsync(ProbeOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var data = new DataFolder(options.DataFolder);
        var probing = new HardwareProbeOptions { Width = options.Width, Height = options.Height };
        OwnersHardware wishes = OwnersHardware.Load(data.OwnersHardware);
        var survey = new HardwareSurvey(new(probing), probing, new(data.Hardware), wishes);
        HardwareView view = await survey.OpenAsync(null, cancellationToken);
        ProbeTable? table = options.Json ? null : new(output, !Console.IsOutputRedirected);
        table?.Begin(view.Box);
        try
        {
            view = await survey.RunAsync(path => path.IsHardware || !options.HardwareOnly, options.Again, changed => table?.Show(changed), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }

        table?.End(view);
        if (options.Json)
        {
            var answer = HardwareResponse.Of(view, ProfileShelf.Open(data.Profiles), wishes);
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, HardwareAnswersJson.Default.HardwareResponse));
        }
    }
}
