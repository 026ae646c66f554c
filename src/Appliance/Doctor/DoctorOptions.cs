using Appliance.Startup;

namespace Appliance.Doctor;

/// <summary>What <c>doctor</c> was told.</summary>
/// <param name="Box">As the box would be started.</param>
/// <param name="Json">One document in place of lines.</param>
internal sealed record DoctorOptions(ApplianceOptions Box, bool Json)
{
    public const string Usage =
        """
        appliance doctor [options]     look at all that the box stands on, and say what is wrong and what to do about it

          --json                 one JSON document in place of lines
          and any option the box is started with, as --data, --port, --listen and --budget: it is looked at as it would be started

        The engine is tried by making a small film and a segment of it, twice. Nothing is changed; a box that runs may go on.
        Exit status: 0 nothing is wrong; 1 something is; 2 the command line makes no sense.
        """;

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static DoctorOptions? Parse(IReadOnlyList<string> arguments, Func<string, string?> environment) =>
        CommandLine.Parse([.. arguments.Where(argument => argument != "--json")], environment) switch
        {
            ParsedCommand.Serve serve => new(serve.Options, arguments.Contains("--json")),
            ParsedCommand.ShowHelp => null,
            _ => throw new UsageException("doctor wants only options the box is started with. doctor --help tells more."),
        };
}
