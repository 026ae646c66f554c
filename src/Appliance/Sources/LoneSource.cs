using System.Text.Json;
using Appliance.Hardware.Encoders;
using Appliance.Sources.Sidecars;
using Appliance.Startup;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>One file that a command works on, without a library around it.</summary>
internal static class LoneSource
{
    /// <param name="path">Of the file.</param>
    /// <param name="files">Which keeps it open.</param>
    /// <param name="transcoder">Who looks at it.</param>
    /// <param name="offer">What is offered of it.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <param name="encoder">Of the workers, which then makes the rungs that it takes; null for the box's own.</param>
    /// <exception cref="UsageException">There is no such file, or it cannot be played; the message is one line for a person.</exception>
    public static async Task<PlayableSource> OpenAsync(
        string path, OpenFiles files, PooledTranscoder transcoder, Offer offer, CancellationToken cancellationToken, DeviceEncoder? encoder = null)
    {
        LocalSource bytes = Open(files, path, cancellationToken);
        IReadOnlyList<Sidecar> sidecars = new SidecarSearch(files, TimeProvider.System).Look(bytes.Path, known: []);
        try
        {
            EngineIdentity engine = await transcoder.GetIdentityAsync(cancellationToken);
            SourceDescription description = await SourceProbe.RunAsync(transcoder, bytes, WorkPriority.Playing, cancellationToken);
            var offered = Ladder.For(description, offer);
            if (encoder is not null)
            {
                offered = await new EncodedLadder(transcoder).MakeAsync(encoder, description, bytes, offered, WorkPriority.Playing, cancellationToken);
            }

            Ladder ladder = offered.WithSidecars(sidecars.Select(sidecar => sidecar.Track), description.Grid);
            return new(bytes.Fingerprint[..Source.IdDigits], bytes, description, ladder, TrickPlay.For(description, ladder), engine) { Sidecars = sidecars };
        }
        catch (TranscodeException exception) when (exception.Failure.Stage != FailureStage.Worker)
        {
            throw new UsageException($"{bytes.Path} cannot be transcoded: {exception.Message}");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or ArithmeticException)
        {
            throw new UsageException($"{bytes.Path} cannot be transcoded: what it is could not be made out.");
        }
    }

    private static LocalSource Open(OpenFiles files, string path, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path)
                ? LocalSource.Open(files, path, cancellationToken)
                : throw new UsageException($"There is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {exception.Message}");
        }
    }
}
