using System.Net;
using Appliance.Access.Tls;
using Appliance.Budgets;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Sources.Remote;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Startup;

/// <summary>What the command line decides.</summary>
/// <param name="Paths">Files and folders to serve, as given.</param>
/// <param name="Port">0 to 65535; 0 takes any free one.</param>
/// <param name="DataFolder">Absolute path of the folder the appliance keeps its state in.</param>
/// <param name="ListenAddress">Loopback unless told otherwise.</param>
/// <param name="CacheQuotaBytes">Hard limit of the segments kept on disk, in bytes; at least 1 MiB.</param>
/// <param name="NewOwner">Whether this start shows a code by which the owner's password is replaced.</param>
/// <param name="JobsQuotaBytes">Hard limit of what jobs keep on disk, in bytes; at least 1 MiB.</param>
public sealed record ApplianceOptions(
    IReadOnlyList<string> Paths,
    int Port,
    string DataFolder,
    IPAddress ListenAddress,
    long CacheQuotaBytes,
    bool NewOwner,
    long JobsQuotaBytes = ApplianceOptions.DefaultJobsQuotaBytes)
{
    public const int DefaultPort = 8080;

    /// <summary>Which codecs and ranges are offered beside H.264.</summary>
    public Offer Offer { get; init; } = Offer.Default;

    /// <summary>What pictures may be made on beside the processor.</summary>
    public DeviceUse Device { get; init; } = DeviceUse.Graphics;

    /// <summary>What makes the ladder's rungs.</summary>
    internal EncoderWish Encoder { get; init; } = EncoderWish.Default;

    /// <summary>What decodes films for the ladder.</summary>
    internal DecoderWish Decoder { get; init; } = DecoderWish.Default;

    /// <summary>Whether the log is for programs: a JSON object a line.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Where figures and spans are sent; null where nobody collects them.</summary>
    public Uri? Collector { get; init; }

    /// <summary>What is served over TLS with; null for plain HTTP.</summary>
    internal TlsChoice? Tls { get; init; }

    /// <summary>What the box may take.</summary>
    internal BoxBudget Budget { get; init; } = BoxBudget.Default;

    /// <summary>Hard limit of what is kept on disk of films on other machines, in bytes.</summary>
    public long OriginQuotaBytes { get; init; } = DefaultOriginQuotaBytes;

    /// <summary>Hard limit of what is uploaded, in bytes.</summary>
    public long UploadsQuotaBytes { get; init; } = DefaultUploadsQuotaBytes;

    /// <summary>Some films.</summary>
    public const long DefaultUploadsQuotaBytes = 100L << 30;

    /// <summary>Machines that may be asked wherever they are.</summary>
    internal AllowedOrigins AllowedOrigins { get; init; } = AllowedOrigins.None;

    /// <summary>A film or two of an evening.</summary>
    public const long DefaultOriginQuotaBytes = 10L << 30;

    /// <summary>Room for what one player reads ahead, and for the ends of the film, where containers have their tables.</summary>
    public const long SmallestOriginQuotaBytes = 64L << 20;

    /// <summary>What of it was said, and where.</summary>
    internal SaidSettings Said { get; init; } = SaidSettings.None;

    public const long DefaultCacheQuotaBytes = 10L << 30;

    /// <summary>A few films in all their rungs.</summary>
    public const long DefaultJobsQuotaBytes = 50L << 30;

    /// <summary>Room for a handful of segments: with less, every segment would push out the one before it.</summary>
    public const long SmallestCacheQuotaBytes = 1L << 20;

    /// <summary>Whether only this machine can reach the appliance.</summary>
    public bool LoopbackOnly => IPAddress.IsLoopback(ListenAddress);
}
