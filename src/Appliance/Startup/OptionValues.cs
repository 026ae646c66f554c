using System.Globalization;
using System.Net;
using Appliance.Access.Tls;
using Appliance.Budgets;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Sources.Remote;
using Appliance.Transcoding;
using Appliance.Tuning;
using Transcode.Engine.Recipes;

namespace Appliance.Startup;

/// <summary>Options as text, from wherever they were said.</summary>
/// <param name="Values">By option, as <c>--port</c>.</param>
/// <param name="Paths">Files and folders to serve.</param>
internal sealed record OptionValues(IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Paths)
{
    public static OptionValues None { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>These, and what only others say. What is served is named in one place: the first that names any.</summary>
    public OptionValues Over(OptionValues others) => new(
        new Dictionary<string, string>([.. Values, .. others.Values.Where(other => !Values.ContainsKey(other.Key))]), Paths.Count > 0 ? Paths : others.Paths);

    /// <summary>What they mean; what none says is as it is by default.</summary>
    /// <exception cref="UsageException">One makes no sense; the message is one line for a person.</exception>
    public ApplianceOptions Read(Func<string, string?> environment) => new(
        Paths,
        Port(Find("--port")),
        CommandLine.DataFolder(Find("--data"), environment),
        Address(Find("--listen")),
        Quota("--cache-quota", ApplianceOptions.DefaultCacheQuotaBytes),
        NewOwner: false,
        Quota("--jobs-quota", ApplianceOptions.DefaultJobsQuotaBytes))
    {
        Offer = Codecs(Find("--codecs")) with { Tuning = TuningChoice.Parse(Find("--tuning")), ToneMap = ToneMapChoice.Parse(Find("--tone-map")) },
        Tls = TlsChoice.Parse(Find("--tls")),
        Budget = BudgetChoice.Parse(Find("--budget")),
        AllowedOrigins = AllowedOrigins.Parse(Find("--allow-origin")),
        OriginQuotaBytes = Quota("--origin-quota", ApplianceOptions.DefaultOriginQuotaBytes, ApplianceOptions.SmallestOriginQuotaBytes),
        UploadsQuotaBytes = Quota("--uploads-quota", ApplianceOptions.DefaultUploadsQuotaBytes),
        Device = DeviceChoice.Parse(Find("--gpu")),
        Encoder = EncoderWish.Parse(Find("--encoder")),
        Decoder = DecoderWish.Parse(Find("--decoder")),
        Collector = Collector(Find("--otlp") ?? environment("OTEL_EXPORTER_OTLP_ENDPOINT")),
        LogsJson = LogsJson(Find("--log")),
    };

    private string? Find(string option) => Values.GetValueOrDefault(option);

    private static int Port(string? text) =>
        text is null ? ApplianceOptions.DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue ? port
        : throw new UsageException($"--port wants a number from 0 to 65535, not {text}.");

    private static IPAddress Address(string? text) =>
        text is null or "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new UsageException($"--listen wants an IP address such as 0.0.0.0, not {text}.");

    private static bool LogsJson(string? text) => text switch
    {
        null or "text" => false,
        "json" => true,
        _ => throw new UsageException($"--log wants text or json, not {text}."),
    };

    private static Uri? Collector(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address
        : throw new UsageException($"--otlp wants an address as http://localhost:4318, not {text}.");

    private long Quota(string name, long otherwise, long smallest = ApplianceOptions.SmallestCacheQuotaBytes)
    {
        if (Find(name) is not { } text)
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
}
