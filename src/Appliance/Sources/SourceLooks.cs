using System.Text.Json;
using Appliance.Hardware.Encoders;
using Appliance.Sources.Remote;
using Appliance.Startup;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Finds out what a source is, behind everything that plays; what was found once is remembered.</summary>
internal sealed partial class SourceLooks(
    DescriptionStore descriptions, ITranscoder transcoder, LadderEncoder encoder, ApplianceOptions options, TimeProvider time, ILogger<SourceLooks> logger)
{
    private const int ProbeTries = 5;

    /// <summary>A look that gave way to playing so often is waited for by a person: it gives way no more.</summary>
    private const int GivesWay = 3;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <returns>Ready or refused.</returns>
    public async Task<SourceState> LookAsync(IServedBytes bytes, CancellationToken cancellationToken)
    {
        int gaveWay = 0;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                EngineIdentity engine = await transcoder.GetIdentityAsync(cancellationToken);
                SourceDescription? description = descriptions.Find(bytes.Fingerprint, engine);
                if (description is null)
                {
                    description = await SourceProbe.RunAsync(transcoder, bytes, gaveWay < GivesWay ? WorkPriority.Background : WorkPriority.Playing, cancellationToken);
                    descriptions.Keep(bytes.Fingerprint, engine, description);
                }

                var ladder = Ladder.For(description, options.Offer);
                return new SourceState.Ready(
                    description, engine, await encoder.ApplyAsync(description, bytes, ladder, gaveWay < GivesWay ? WorkPriority.Background : WorkPriority.Playing, cancellationToken));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // It gave way to something more urgent, and waits behind that now.
                gaveWay++;
            }
            catch (TranscodeException exception)
                when (exception.Failure.Cause == FailureCause.Overloaded && attempt < ProbeTries)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
            catch (TranscodeException exception)
            {
                return new SourceState.Refused(exception.Failure) { Origin = OriginException.Behind(exception) };
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException or ArithmeticException)
            {
                ProbeMadeNoSense(logger, exception, bytes.Place);
                return new SourceState.Refused(new WorkFailure(
                    FailureStage.Probe, FailureCause.Internal, "What this file is could not be made out."));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Probing {Path} answered what makes no sense")]
    private static partial void ProbeMadeNoSense(ILogger logger, Exception exception, string path);
}
