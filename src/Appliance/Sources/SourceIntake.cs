using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Appliance.Sources.Remote;
using Appliance.Sources.Sidecars;
using Appliance.Uploads;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Takes files into the library: fingerprint, then probe, a few at a time, behind everything that plays.</summary>
internal sealed partial class SourceIntake(
    SourceLibrary library,
    OpenFiles files,
    SourceLooks looks,
    SidecarSearch sidecars,
    UploadTitles titles,
    ILogger<SourceIntake> logger) : BackgroundService
{
    /// <summary>Files waiting; more are refused where they are offered.</summary>
    public const int QueueLimit = 2 * SourceFiles.FolderLimit;

    /// <summary>Files looked at at once: one waits for the disk while another is decoded.</summary>
    private const int Concurrency = 2;

    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(QueueLimit);

    /// <returns>False where too many wait already.</returns>
    public bool TryOffer(string path) => _waiting.Writer.TryWrite(path);

    /// <summary>Files that wait.</summary>
    public int Waiting => _waiting.Reader.Count;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => Task.Run(() => TakeInAsync(stoppingToken), stoppingToken)));

    private async Task TakeInAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            string path = "";
            try
            {
                path = await _waiting.Reader.ReadAsync(cancellationToken);
                await TakeInAsync(path, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // One strange file must not keep the others out.
                NotTakenIn(logger, exception, path);
            }
        }
    }

    private async Task TakeInAsync(string path, CancellationToken cancellationToken)
    {
        string title = titles.Of(path) ?? Path.GetFileNameWithoutExtension(path);
        LocalSource bytes;
        try
        {
            bytes = LocalSource.Open(files, path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("unreadable\0" + path)))[..Source.IdDigits];
            string reason = exception is InvalidDataException ? exception.Message : "The file cannot be read.";
            var refused = new SourceState.Refused(new WorkFailure(FailureStage.Source, FailureCause.SourceUnreadable, reason));
            library.RemoveAt(path, id);
            library.TryAdd(new Source(id, title, Bytes: null, refused) { UnreadableAt = path });
            Unreadable(logger, path, exception.Message);
            return;
        }

        var source = new Source(bytes.Fingerprint[..Source.IdDigits], title, bytes, new SourceState.Probing());
        library.RemoveAt(path, source.Id);
        if (library.TryAdd(source))
        {
            SourceState state = await looks.LookAsync(bytes, cancellationToken);
            library.Update(sidecars.Look(source with { State = state }));
            Report(path, state);
        }
        else if (library.TryFind(source.Id, out Source? known) && known.Bytes is LocalSource old && FileStamp.Of(old.Path) != old.Stamp)
        {
            // The same bytes, and the file that had them was moved here, or only touched.
            files.Forget(old.Path);
            library.Update(sidecars.Look(known with { Title = title, Bytes = bytes }));
        }
        else if (known is { Bytes: RemoteSource })
        {
            // The same bytes lie on another machine: those at hand are nearer.
            library.Update(sidecars.Look(known with { Title = title, Bytes = bytes }));
        }
    }

    private void Report(string path, SourceState state)
    {
        if (state is SourceState.Refused refused)
        {
            Refused(logger, path, refused.Failure.Message);
        }
        else
        {
            Ready(logger, path);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Taking in {Path} failed")]
    private static partial void NotTakenIn(ILogger logger, Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: {Path}")]
    private static partial void Ready(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused: {Path}: {Reason}")]
    private static partial void Refused(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unreadable: {Path}: {Reason}")]
    private static partial void Unreadable(ILogger logger, string path, string reason);
}
