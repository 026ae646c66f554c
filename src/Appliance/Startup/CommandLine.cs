using Appliance.Budgets;
using Appliance.Sources.Remote;
using Appliance.Transcoding;
using Appliance.Tuning;

namespace Appliance.Startup;

/// <summary>Reads the command line. One mistake is one plain line; nothing is guessed.</summary>
internal static class CommandLine
{
    public const string Usage =
        $"""
        appliance [FILE|FOLDER…] [options]      serve videos as adaptive HLS, transcoded when asked for
        appliance transcode INPUT --out DIR     make all of a video at once; transcode --help tells more
        appliance rewards VERB                  what the box earned, its claims, and an audit; rewards --help tells more
        appliance key add|list|remove           keys for apps and scripts; key --help tells more
        appliance probe                         try every encoder and decoder there is here; probe --help tells more
        appliance profile list|export|check     what is known of classes of machines; profile --help tells more
        appliance backup FILE                   write all state of the box into one file; backup --help tells more
        appliance restore FILE                  make a box of it again; restore --help tells more
        appliance doctor                        look at all the box stands on, and say what is wrong; doctor --help tells more
        appliance tune INPUT                    show what is done to a video's pictures, and why; tune --help tells more

          --port N               port of the page and the API; 0 takes a free one     (default 8080)
          --listen ADDRESS       IP address to listen on                              (default 127.0.0.1)
          --config FILE          settings: any of these by name, and what is served   (default appliance.yaml in the data folder, if it is there)
          --data DIR             where state and cache are kept    (default $APPLIANCE_DATA, else ~/.local/share/appliance)
          --cache-quota BYTES    disk space for finished segments, as 500M or 10G     (default 10G)
          --codecs LIST          of h264, hevc, av1: codecs every source is offered in     (default h264, and hevc for HDR)
          --tuning CHOICE        what is done to pictures before they are encoded: {TuningChoice.Usage}  (default auto)
          --gpu CHOICE           make pictures on a graphics device by OpenCL: {DeviceChoice.Usage}  (default auto)
          --budget LIST          what the box may take: {BudgetChoice.Usage}  (default all it has, below its throttle points)
          --jobs-quota BYTES     disk space for what jobs make, as 500M or 10G        (default 50G)
          --allow-origin LIST    machines that films may come from though they are at home: {AllowedOrigins.Usage}
          --origin-quota BYTES   disk space for parts of films on other machines      (default 10G)
          --uploads-quota BYTES  disk space for films that are uploaded               (default 100G)
          --log CHOICE           text, or json: an object a line, with every value under its name  (default text)
          --otlp URL             send figures and traces to a collector by OTLP over HTTP   (default $OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere)
          --tls CERT,KEY         serve over TLS with this certificate and key (PEM)
          --tls self             the same with a certificate that the box makes itself
          --new-owner            print a code by which the owner's password is set anew
          --check                say whether it could start so, and end
          --help, --version

        Each can be said in the environment too, as APPLIANCE_CACHE_QUOTA. The command line goes before the environment, and that before the file.
        """;

    /// <summary>Where the box's folder and its settings are, which the settings cannot say.</summary>
    private static readonly string[] Places = ["--data", "--config"];

    /// <summary>Options with a value.</summary>
    public static IReadOnlyList<string> Valued { get; } =
    [
        "--port", "--data", "--listen", "--cache-quota", "--codecs", "--jobs-quota", "--tuning", "--gpu", "--budget", "--log", "--otlp",
        "--tls", "--config", "--allow-origin", "--origin-quota", "--uploads-quota",
    ];

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
        OptionValues settings = Settings(given.Over(surroundings), environment);
        ApplianceOptions options = given.Over(surroundings).Over(settings).Read(environment) with { NewOwner = newOwner };
        return check ? new ParsedCommand.Check(options) : new ParsedCommand.Serve(options);
    }

    /// <summary>What the environment says, as <c>APPLIANCE_CACHE_QUOTA</c>.</summary>
    private static OptionValues Surroundings(Func<string, string?> environment)
    {
        var values = Valued.Select(name => (Name: name, Variable: VariableOf(name), Value: environment(VariableOf(name)))).Where(each => !string.IsNullOrEmpty(each.Value)).ToArray();
        foreach ((string name, string variable, string? value) in values)
        {
            Check(new OptionValues(new Dictionary<string, string> { [name] = value! }, []), variable, environment);
        }

        return new OptionValues(values.ToDictionary(each => each.Name, each => each.Value!), []);
    }

    /// <summary>What the settings' file says: the one that is named, or the data folder's own where there is one.</summary>
    private static OptionValues Settings(OptionValues given, Func<string, string?> environment)
    {
        string? named = given.Values.GetValueOrDefault("--config");
        string path = named ?? Path.Combine(DataFolder(given.Values.GetValueOrDefault("--data"), environment), SettingsFile.Name);
        if (named is null && !File.Exists(path))
        {
            return OptionValues.None;
        }

        OptionValues settings = SettingsFile.Read(path, [.. Valued.Except(Places)]);
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

    private static string VariableOf(string option) => "APPLIANCE_" + option[2..].Replace('-', '_').ToUpperInvariant();

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
