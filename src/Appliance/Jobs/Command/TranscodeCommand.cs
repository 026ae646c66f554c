using Appliance.Hardware;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Jobs.Batch;
using Appliance.Profiles;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Transcoding;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Command;

/// <summary>The verb <c>transcode</c>: makes a whole video into a folder, and goes on where it was interrupted.</summary>
internal static class TranscodeCommand
{
    private const int WithGaps = 3;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For progress.</param>
    /// <param name="errors">For what went wrong.</param>
    /// <returns>The exit status, as <see cref="TranscodeOptions.Usage"/> tells.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        return await new FileCommand(errors, "Interrupted. The same command goes on from here.", "What is made is kept: the same command goes on from here.")
            .RunAsync(async cancellationToken =>
            {
                if (TranscodeOptions.Parse(arguments) is { } options)
                {
                    return await RunAsync(options, output, errors, cancellationToken);
                }

                await output.WriteLineAsync(TranscodeOptions.Usage);
                return 0;
            });
    }

    private static async Task<int> RunAsync(
        TranscodeOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var files = new OpenFiles();
        // Nobody waits for a first picture here: a worker that is lost is replaced when it is missed.
        var poolOptions = new WorkerPoolOptions { SpareWorkers = 0, Device = options.Device };
        await using var pool = new WorkerPool(poolOptions, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        var transcoder = new PooledTranscoder(pool);
        (EncoderChoice choice, DecoderChoice decoders) = await ChoicesAsync(options, cancellationToken);
        if (options.Decoder != DecoderWish.Default)
        {
            await errors.WriteLineAsync($"appliance: {decoders.Why}");
            pool.UseDecoders(decoders.Paths);
        }

        if (options.Encoder != EncoderWish.Default)
        {
            await errors.WriteLineAsync($"appliance: {choice.Why}");
        }

        if (choice.Encoder is { } encoder)
        {
            pool.UseEncoder(encoder);
        }

        Offer offer = (options.Codecs is null ? Offer.Default : Offer.All) with { Tuning = options.Tuning, ToneMap = options.ToneMap };
        PlayableSource source = await LoneSource.OpenAsync(options.Input, files, transcoder, offer, cancellationToken, choice.Encoder);
        Ladder offered = options.Burn is { } track ? Burnt(source, track) : source.Ladder;
        Ladder ladder = RenditionChoice.Of(offered, options.Rungs, options.Codecs);

        using TargetFolder target = TargetFolder.Open(options.Output);
        target.Take(JobSheet.Of(source, ladder), options.Restart);
        var progress = new BatchProgress(ladder, source.Description.Grid, TimeProvider.System, changed: () => { });
        var folder = new OutputFolder(options.Output, OutputSpace.Unlimited);
        var run = new BatchRun(source, ladder, folder, new PooledMaker(transcoder, poolOptions), progress, TimeProvider.System)
        {
            Formats = options.Formats,
        };
        var display = new ProgressDisplay(output, !Console.IsOutputRedirected);
        IReadOnlyList<BatchFailure> failures = await ShowAsync(run.RunAsync(cancellationToken), progress, display, cancellationToken);
        if (failures.Count == 0)
        {
            return 0;
        }

        foreach (BatchFailure failure in failures)
        {
            await errors.WriteLineAsync($"appliance: {failure.Rendition} segment {failure.Index}: {failure.Reason}");
        }

        int all = progress.Status.Rungs.Sum(rung => rung.Failed);
        await errors.WriteLineAsync($"appliance: {all} segments cannot be made; the HLS playlists mark them as gaps.");
        return WithGaps;
    }

    /// <summary>By what <c>probe</c> has found; nothing is tried here.</summary>
    private static async Task<(EncoderChoice Encoder, DecoderChoice Decoders)> ChoicesAsync(TranscodeOptions options, CancellationToken cancellationToken)
    {
        bool isOwnEncoder = options.Encoder.Name is EncoderWish.Software or "libx264";
        bool isOwnDecoder = options.Decoder.Name == DecoderWish.Software;
        if (isOwnEncoder && isOwnDecoder)
        {
            return (EncoderChoice.Software, DecoderChoice.Software);
        }

        var data = new DataFolder(options.DataFolder);
        var probing = new HardwareProbeOptions();
        var survey = new HardwareSurvey(new(probing), probing, new(data.Hardware), OwnersHardware.Load(data.OwnersHardware));
        HardwareView view = await survey.ReadAsync(cancellationToken);
        return (isOwnEncoder ? EncoderChoice.Software : EncoderChoice.Of(options.Encoder, view), isOwnDecoder ? DecoderChoice.Software : DecoderChoice.Of(options.Decoder, view));
    }

    /// <exception cref="UsageException">There is no such track to lay over the picture; the message says which there are.</exception>
    private static Ladder Burnt(PlayableSource source, int track)
    {
        string tracks = string.Join(", ", source.Ladder.Burnt.Select(rung => rung.Track!.StreamIndex).Distinct());
        return source.Ladder.WithBurnt(track) ?? throw new UsageException(
            $"Stream {track} cannot be laid over the picture; {(tracks.Length == 0 ? "none of this file can" : $"those that can: {tracks}")}.");
    }

    private static async Task<IReadOnlyList<BatchFailure>> ShowAsync(
        Task<IReadOnlyList<BatchFailure>> run, BatchProgress progress, ProgressDisplay display, CancellationToken cancellationToken)
    {
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(display.Interval, cancellationToken));
            if (!run.IsCompleted && !cancellationToken.IsCancellationRequested)
            {
                display.Show(progress.Status);
            }
            else
            {
                break;
            }
        }

        IReadOnlyList<BatchFailure> failures = await run;
        display.Show(progress.Status);
        return failures;
    }
}
