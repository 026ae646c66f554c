namespace Appliance.Startup;

/// <summary>What the command line asks for: one of a closed set.</summary>
internal abstract record ParsedCommand
{
    public sealed record Serve(ApplianceOptions Options) : ParsedCommand;

    /// <summary>Say whether a start with these would be possible, and end.</summary>
    public sealed record Check(ApplianceOptions Options) : ParsedCommand;

    public sealed record ShowHelp : ParsedCommand;

    public sealed record ShowVersion : ParsedCommand;
}
