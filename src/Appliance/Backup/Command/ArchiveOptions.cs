using Appliance.Startup;

namespace Appliance.Backup.Command;

/// <summary>What <c>backup</c> and <c>restore</c> were told.</summary>
/// <param name="File">The backup, as an absolute path.</param>
/// <param name="DataFolder">Of the box, likewise.</param>
/// <param name="Films">Whether uploaded films are to be in it.</param>
internal sealed record ArchiveOptions(string File, string DataFolder, bool Films)
{
    /// <param name="verb">For messages.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="switches">Those that it has.</param>
    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static ArchiveOptions? Parse(string verb, IReadOnlyList<string> arguments, IReadOnlyList<string> switches)
    {
        string? file = null;
        string? data = null;
        var given = new HashSet<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "--help" or "-h")
            {
                return null;
            }

            if (argument == "--data" || argument.StartsWith("--data=", StringComparison.Ordinal))
            {
                string value = argument == "--data" ? ++i < arguments.Count ? arguments[i] : "" : argument["--data=".Length..];
                data = value.Length > 0 ? value : throw new UsageException("--data wants a folder.");
            }
            else if (switches.Contains(argument))
            {
                given.Add(argument);
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"Unknown option {argument}. {verb} --help lists what there is.");
            }
            else if (file is not null)
            {
                throw new UsageException($"{verb} wants one file, not {file} and {argument}.");
            }
            else
            {
                file = argument;
            }
        }

        return file is { Length: > 0 }
            ? new(Path.GetFullPath(file), CommandLine.DataFolder(data, Environment.GetEnvironmentVariable), given.Contains("--films"))
            : throw new UsageException($"{verb} wants a file. {verb} --help tells more.");
    }
}
