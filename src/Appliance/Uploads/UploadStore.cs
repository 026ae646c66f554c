using System.Security.Cryptography;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Uploads;

/// <summary>Films that were uploaded, and those that are being. The length of each is reserved before its first byte; one of which nothing came for a week is removed.</summary>
internal sealed partial class UploadStore : BackgroundService
{
    /// <summary>Uploads, whole ones too; more are refused.</summary>
    public const int Limit = 1000;

    /// <summary>How long one that is not whole is kept after its last byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    private const int IdBytes = 16;

    /// <summary>On the disk, beside what is reserved.</summary>
    private const long Spare = 64L << 20;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Upload> uploads = [];
    private readonly string folder;
    private readonly UploadTitles titles;
    private readonly SourceIntake intake;
    private readonly SourceLibrary library;
    private readonly TimeProvider time;
    private readonly ILogger<UploadStore> logger;

    /// <exception cref="UsageException">Its folder cannot be made or read.</exception>
    public UploadStore(
        DataFolder data, ApplianceOptions options, UploadTitles titles, SourceIntake intake, SourceLibrary library, TimeProvider time, ILogger<UploadStore> logger)
    {
        folder = data.Uploads;
        Quota = options.UploadsQuotaBytes;
        (this.titles, this.intake, this.library, this.time, this.logger) = (titles, intake, library, time, logger);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string one in Directory.GetDirectories(folder))
            {
                if (Upload.Open(one) is { } upload)
                {
                    uploads[upload.Id] = upload;
                }
                else
                {
                    Upload.Remove(one);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder {folder}, which keeps uploads, cannot be used: {exception.Message}");
        }
    }

    /// <summary>Bytes of all uploads together, as long as they will be.</summary>
    public long Quota { get; }

    public IReadOnlyList<Upload> All
    {
        get
        {
            lock (gate)
            {
                return [.. uploads.Values];
            }
        }
    }

    public Upload? Find(string id)
    {
        lock (gate)
        {
            return uploads.GetValueOrDefault(id);
        }
    }

    /// <summary>When it is removed unless more comes; null for one that is whole.</summary>
    public static DateTimeOffset? ExpiryOf(Upload upload) => upload.IsWhole ? null : upload.ChangedAt + Patience;

    /// <summary>Begins one, and reserves its length.</summary>
    /// <param name="record">What it will be.</param>
    /// <param name="why">Why there is no room for it, as a sentence for a person.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="IOException">It cannot be written down.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public Upload? Create(UploadRecord record, out string? why)
    {
        lock (gate)
        {
            long reserved = uploads.Values.Sum(upload => upload.Record.Length);
            long coming = uploads.Values.Sum(upload => upload.Record.Length - upload.Offset);
            why = uploads.Count >= Limit ? $"The box holds {Limit} uploads: remove one first."
                : record.Length > Quota - reserved ? $"{Quota - reserved} bytes are left for uploads: remove one first, or start the box with more (--uploads-quota)."
                : record.Length > new DriveInfo(folder).AvailableFreeSpace - coming - Spare ? "The disk has no room for it."
                : null;
            if (why is not null)
            {
                return null;
            }

            var upload = Upload.Create(Path.Combine(folder, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))), record, time.GetUtcNow());
            return uploads[upload.Id] = upload;
        }
    }

    /// <summary>One that is whole becomes a source.</summary>
    public void Offer(Upload upload)
    {
        titles.Set(upload.Film, upload.Record.Title);
        if (!intake.TryOffer(upload.Film))
        {
            NotOffered(logger, upload.Id);
        }
    }

    /// <summary>Removes one that nobody writes to, and the source that it was.</summary>
    public void Remove(Upload upload)
    {
        lock (gate)
        {
            uploads.Remove(upload.Id);
        }

        foreach (Source source in library.All.Where(source => source.Path == upload.Film))
        {
            library.Remove(source);
        }

        titles.Remove(upload.Film);
        upload.Remove();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (Upload upload in All.Where(upload => upload.IsWhole))
        {
            Offer(upload);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (Upload upload in All.Where(upload => ExpiryOf(upload) < time.GetUtcNow() && upload.TryBegin()))
            {
                Remove(upload);
                upload.End();
                Expired(logger, upload.Id);
            }

            await Task.Delay(BetweenSweeps, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Upload {Id} was removed: nothing came for a week")]
    private static partial void Expired(ILogger logger, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upload {Id} is whole, and is looked at after the next start: too many files wait")]
    private static partial void NotOffered(ILogger logger, string id);
}
