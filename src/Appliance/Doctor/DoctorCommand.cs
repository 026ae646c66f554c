using System.Text.Json;
using Appliance.Jobs.Command;
using Transcode.Engine.Hardware;

namespace Appliance.Doctor;

/// <summary>The verb <c>doctor</c>: what a person would ask who is called for help.</summary>
internal static class DoctorCommand
{
    private const int SomethingIsWrong = 1;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what is found.</param>
    /// <param name="errors">For what went wrong with looking.</param>
    /// <returns>The exit status, as <see cref="DoctorOptions.Usage"/> tells.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        await new FileCommand(errors, "Interrupted.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (DoctorOptions.Parse(arguments, Environment.GetEnvironmentVariable) is { } options)
            {
                return await RunAsync(options, output, cancellationToken);
            }

            await output.WriteLineAsync(DoctorOptions.Usage);
            return 0;
        });

    private static async Task<int> RunAsync(DoctorOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (Finding finding in LookAsync(options, cancellationToken))
        {
            findings.Add(finding);
            if (!options.Json)
            {
                await output.WriteLineAsync(Lines(finding));
            }
        }

        await output.WriteLineAsync(options.Json ? JsonSerializer.Serialize(findings, DoctorJson.Default.IReadOnlyListFinding) : Sum(findings));
        return findings.Exists(finding => finding.State == FindingState.Wrong) ? SomethingIsWrong : 0;
    }

    private static async IAsyncEnumerable<Finding> LookAsync(
        DoctorOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEnumerable<Finding> quick =
        [
            .. new MachineChecks(BoxFiles.Here, TimeProvider.System).Look(),
            .. new DataChecks(options.Box).Look(),
            .. new GraphicsCheck(BoxFiles.Here).Look(),
        ];
        foreach (Finding finding in quick)
        {
            yield return finding;
        }

        foreach (Finding finding in await new CodingChecks(options.Box).LookAsync(cancellationToken))
        {
            yield return finding;
        }

        yield return await new PortCheck(options.Box).LookAsync(cancellationToken);
        foreach (Finding finding in await new EngineChecks(options.Box, TimeProvider.System).LookAsync(cancellationToken))
        {
            yield return finding;
        }
    }

    private static string Lines(Finding finding)
    {
        string line = $"{Mark(finding.State)} {finding.About,-18} {finding.Says}";
        return finding.Advice is { } advice ? $"{line}{Environment.NewLine}{"",-7}{"",-19}→ {advice}" : line;
    }

    private static string Mark(FindingState state) => state switch
    {
        FindingState.Fine => "fine  ",
        FindingState.Doubtful => "look  ",
        _ => "WRONG ",
    };

    private static string Sum(List<Finding> findings)
    {
        int wrong = findings.Count(finding => finding.State == FindingState.Wrong);
        int doubtful = findings.Count(finding => finding.State == FindingState.Doubtful);
        return Environment.NewLine + (wrong, doubtful) switch
        {
            (0, 0) => "All is well.",
            (0, _) => $"Nothing is wrong; {doubtful} could be better.",
            (_, 0) => $"{wrong} wrong.",
            _ => $"{wrong} wrong, and {doubtful} could be better.",
        };
    }
}
