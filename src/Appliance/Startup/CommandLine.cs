using System.Globalization;
using System.Net;
using Appliance.Budgets;
using Appliance.Sources.Remote;
using Appliance.Transcoding;
using Appliance.Tuning;
using Transcode.Engine.Recipes;

namespace Appliance.Startup;

/// <summary>Reads the command line. One mistake is one plain line; nothing is guessed.</summary>
internal static class CommandLine
{
    public const string Usage =
        $"""
        appliance [FILE|FOLDER…] [options]      serve videos as adaptive HLS, transcoded when asked for
        appliance transcode INPUT --out DIR     make all of a video at once; transcode --help tells more
        appliance rewards VERB                  what the box earned, its claims, and an audit; rewards --help tells more
        appliance probe                         try every encoder and decoder there is here; probe --help tells more
        appliance profile list|export|check     what is known of classes of machines; profile --help tells more
        appliance tune INPUT                    show what is done to a video's pictures, and why; tune --help tells more

          --port N               port of the page and the API; 0 takes a free one     (default 8080)
          --listen ADDRESS       IP address to listen on                              (default 127.0.0.1)
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
          --new-token            replace the owner's token and print the new one
          --check                say whether it could start so, and end
          --help, --version
        """;

    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static ParsedCommand Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var paths = new List<string>();
        var values = new Dictionary<string, string>();
        bool newToken = false;
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
                case "--new-token":
                    newToken = true;
                    break;
                case "--port" or "--data" or "--listen" or "--cache-quota" or "--codecs" or "--jobs-quota" or "--tuning" or "--gpu" or "--budget"
                    or "--allow-origin" or "--origin-quota" or "--uploads-quota":
                    string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
                    values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
                    break;
                default:
                    throw new UsageException($"Unknown option {name}. --help lists what there is.");
            }
        }

        var options = new ApplianceOptions(
            paths,
            Port(values.GetValueOrDefault("--port")),
            DataFolder(values.GetValueOrDefault("--data"), environment),
            Address(values.GetValueOrDefault("--listen")),
            Quota(values, "--cache-quota", ApplianceOptions.DefaultCacheQuotaBytes),
            newToken,
            Quota(values, "--jobs-quota", ApplianceOptions.DefaultJobsQuotaBytes))
        {
            Offer = Codecs(values.GetValueOrDefault("--codecs")) with { Tuning = TuningChoice.Parse(values.GetValueOrDefault("--tuning")) },
            Budget = BudgetChoice.Parse(values.GetValueOrDefault("--budget")),
            AllowedOrigins = AllowedOrigins.Parse(values.GetValueOrDefault("--allow-origin")),
            OriginQuotaBytes = Quota(values, "--origin-quota", ApplianceOptions.DefaultOriginQuotaBytes, ApplianceOptions.SmallestOriginQuotaBytes),
            UploadsQuotaBytes = Quota(values, "--uploads-quota", ApplianceOptions.DefaultUploadsQuotaBytes),
            Device = DeviceChoice.Parse(values.GetValueOrDefault("--gpu")),
        };
        return check ? new ParsedCommand.Check(options) : new ParsedCommand.Serve(options);
    }

    private static int Port(string? text) =>
        text is null ? ApplianceOptions.DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue ? port
        : throw new UsageException($"--port wants a number from 0 to 65535, not {text}.");

    private static IPAddress Address(string? text) =>
        text is null or "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new UsageException($"--listen wants an IP address such as 0.0.0.0, not {text}.");

    private static long Quota(Dictionary<string, string> values, string name, long otherwise, long smallest = ApplianceOptions.SmallestCacheQuotaBytes)
    {
        if (!values.TryGetValue(name, out string? text))
        {
            return otherwise;
        }

        return ByteSize.TryParse(text, out long bytes) && bytes >= smallest
            ? bytes
            : throw new UsageException($"{name} wants at least {smallest >> 20}M, written as 500M or 10G, not {text}.");
    }

    /// <summary>A list that leaves H.264 out is refused, because it is always offered.</summary>
    private static Offer Codecs(string? text)
    {
        if (text is null)
        {
            return Offer.Default;
        }

        VideoFormat?[] formats = [.. text.Split(',').Select(name => name.Trim() switch
        {
            "h264" => VideoFormat.H264,
            "hevc" => VideoFormat.Hevc,
            "av1" => VideoFormat.Av1,
            _ => (VideoFormat?)null,
        })];
        return formats.Contains(null) || !formats.Contains(VideoFormat.H264)
            ? throw new UsageException($"--codecs wants h264 and any of hevc and av1, written as h264,hevc, not {text}.")
            : Offer.Of(formats.Select(format => format!.Value));
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
