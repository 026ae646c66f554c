namespace Appliance.Startup;

/// <summary>Reads the command line. One mistake is one plain line; nothing is guessed.</summary>
internal static class CommandLine
{
    public static string Usage { get; } =
        $"""
        appliance [FILE|FOLDER…] [options]      serve videos as adaptive HLS, transcoded when asked for
        appliance transcode INPUT --out DIR     make all of a video at once; transcode --help tells more
        appliance rewards VERB                  what the box earned, its claims, and an audit; rewards --help tells more
        appliance key add|list|remove           keys for apps and scripts; key --help tells more
        appliance probe                         try every encoder and decoder there is here; probe --help tells more
        appliance profile list|export|check     what is known of classes of machines; profile --help tells more
        appliance doctor                        look at all the box stands on, and say what is wrong; doctor --help tells more
        appliance tune INPUT                    show what is done to a video's pictures, and why; tune --help tells more

        {SettingTable.Help}
          --new-owner            print a code by which the owner's password is set anew
          --check                say whether it could start so, and end
          --help, --version

        Each can be said in the environment too, as APPLIANCE_CACHE_QUOTA. The command line goes before the environment, and that before the file.
        """;

    /// <summary>Options with a value.</summary>
    public static IReadOnlyList<string> Valued => SettingTable.Options;

    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static ParsedCommand Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var paths = new List<string>();
        var values = new Dictionary<string, string>();
        bool newOwner = false;
        bool check = false;
        bool onlyPaths = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (onlyPaths || argument.Length < 2 || argument[0] != '-')
            {
                paths.Add(argument.Length > 0 ? argument : throw new UsageException("An empty file name was given."));
                continue;
            }

            (string name, string? inline) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            switch (name)
            {
                case "--":
                    onlyPaths = true;
                    break;
                case "--help" or "-h":
                    return new ParsedCommand.ShowHelp();
                case "--version":
                    return new ParsedCommand.ShowVersion();
                case "--check":
                    check = true;
                    break;
                case "--new-owner":
                    newOwner = true;
                    break;
                case not null when Valued.Contains(name):
                    string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
                    values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
                    break;
                default:
                    throw new UsageException($"Unknown option {name}. --help lists what there is.");
            }
        }

        OptionValues given = new OptionValues(values, paths);
        OptionValues surroundings = Surroundings(environment);
        string file = FileOf(given.Over(surroundings), environment);
        OptionValues settings = Settings(file, given.Over(surroundings), environment);
        ApplianceOptions options = given.Over(surroundings).Over(settings).Read(environment) with
        {
            NewOwner = newOwner,
            Said = SaidSettings.Of(file, given, surroundings, settings, Shared(environment)),
        };
        return check ? new ParsedCommand.Check(options) : new ParsedCommand.Serve(options);
    }

    /// <summary>What the environment says, as <c>APPLIANCE_CACHE_QUOTA</c>.</summary>
    private static OptionValues Surroundings(Func<string, string?> environment)
    {
        var values = SettingTable.All.Select(setting => (Name: setting.Option, setting.Variable, Value: environment(setting.Variable))).Where(each => !string.IsNullOrEmpty(each.Value)).ToArray();
        foreach ((string name, string variable, string? value) in values)
        {
            Check(new OptionValues(new Dictionary<string, string> { [name] = value! }, []), variable, environment);
        }

        return new OptionValues(values.ToDictionary(each => each.Name, each => each.Value!), []);
    }

    private static string FileOf(OptionValues given, Func<string, string?> environment) =>
        given.Values.GetValueOrDefault("--config") ?? Path.Combine(DataFolder(given.Values.GetValueOrDefault("--data"), environment), SettingsFile.Name);

    /// <summary>What variables say that other programs read too; they come last.</summary>
    private static OptionValues Shared(Func<string, string?> environment) => new(
        SettingTable.All.Where(setting => setting.SharedVariable is { } shared && !string.IsNullOrEmpty(environment(shared)))
            .ToDictionary(setting => setting.Option, setting => environment(setting.SharedVariable!)!), []);

    /// <summary>What the settings' file says: the one that is named, or the data folder's own where there is one.</summary>
    private static OptionValues Settings(string path, OptionValues given, Func<string, string?> environment)
    {
        if (!given.Values.ContainsKey("--config") && !File.Exists(path))
        {
            return OptionValues.None;
        }

        OptionValues settings = SettingsFile.Read(path, [.. SettingTable.All.Where(setting => setting.IsOfFile).Select(setting => setting.Option)]);
        Check(settings, path, environment);
        return settings;
    }

    /// <summary>What makes no sense is told along with where it was said.</summary>
    private static void Check(OptionValues values, string where, Func<string, string?> environment)
    {
        try
        {
            // Where the data folder is may be said elsewhere.
            values.Over(new OptionValues(new Dictionary<string, string> { ["--data"] = "/" }, [])).Read(environment);
        }
        catch (UsageException exception)
        {
            throw new UsageException($"{where}: {exception.Message}");
        }
    }

    /// <summary>Where the appliance keeps its state.</summary>
    /// <exception cref="UsageException">There is no home folder.</exception>
    public static string DataFolder(string? given, Func<string, string?> environment)
    {
        string? folder = given ?? (environment("APPLIANCE_DATA") is { Length: > 0 } set ? set : null);
        if (folder is null)
        {
            string? home = environment("XDG_DATA_HOME") is { Length: > 0 } data ? data
                : environment("HOME") is { Length: > 0 } user ? Path.Combine(user, ".local", "share")
                : throw new UsageException("There is no home folder to keep state in: say where with --data DIR.");
            folder = Path.Combine(home, "appliance");
        }

        return Path.GetFullPath(folder);
    }
}
