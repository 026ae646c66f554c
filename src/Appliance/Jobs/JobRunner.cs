using Appliance.Jobs.Batch;
using Appliance.Playback;
using Appliance.Problems;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Appliance.Startup;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Jobs;

/// <summary>Does the jobs, one after the other, oldest first: one keeps all cores busy. A job that meets something that may
/// pass steps aside and is tried again.</summary>
internal sealed partial class JobRunner(
    JobBoard board,
    SourceLookup sources,
    SourceIntake intake,
    CachedMaker maker,
    SegmentShelf shelf,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<JobRunner> logger) : BackgroundService
{
    /// <summary>The first pause of a job that is held up; each further one is twice as long, up to sixteen times this. A
    /// person frees a disk in minutes, and a try that ends the same way has cost some segments.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    private const int MostDoublings = 4;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request: what was asked for twice must be found.
        board.Load();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (Job job in board.All)
        {
            await board.Start(job, () => Task.Run(() => TakeUp(job), stoppingToken));
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            if (board.Next() is { } job)
            {
                await board.Start(job, () => Task.Run(() => DoAsync(job, stoppingToken), CancellationToken.None));
            }
            else
            {
                await board.WokenAsync(BetweenLooks, stoppingToken);
            }
        }
    }

    private void TakeUp(Job job)
    {
        try
        {
            board.Shelve(job);
        }
        catch (OutputException exception)
        {
            NotTakenUp(logger, job.Id, exception.Message);
        }

        if (!job.HasEnded && File.Exists(job.Record.SourcePath))
        {
            intake.TryOffer(job.Record.SourcePath);
        }
    }

    private async Task DoAsync(Job job, CancellationToken stopping)
    {
        // The flights end with the box's first word of stopping, which comes before this service's own.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, lifetime.ApplicationStopping, job.Removed);
        try
        {
            PlayableSource source = sources.FindPlayable(job.Record.SourceId);
            await MakeAsync(job, source, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Deleted, or to be taken up at the next start.
        }
        catch (RequestRefusedException exception)
        {
            // The source is being looked at, or is not there: looking again costs nothing.
            job.Wait(exception.Message, time.GetUtcNow() + BetweenLooks);
        }
        catch (TranscodeException exception) when (OriginException.Behind(exception) is { } origin)
        {
            // What the worker says of it is only that it had no bytes.
            Hold(job, origin.Message);
        }
        catch (Exception exception) when (exception is OutputException or SourceGoneException or OperationCanceledException
            || exception is TranscodeException { Failure.Stage: FailureStage.Worker })
        {
            Hold(job, exception.Message);
        }
        catch (TranscodeException exception)
        {
            Finish(job, new(exception.Message, []));
        }
        catch (Exception exception)
        {
            Mistake(logger, exception, job.Id);
            Finish(job, new("The appliance made a mistake; its log says more.", []));
        }
    }

    private async Task MakeAsync(Job job, PlayableSource source, CancellationToken cancellationToken)
    {
        JobRecord record = job.Record;
        if (Ladder(source, record) is not { } ladder
            || record.Sheet.DifferencesTo(JobSheet.Of(source, ladder)).Any())
        {
            Finish(job, new("This box makes it otherwise now than when the job began: delete the job, and make another.", []));
            return;
        }

        var progress = new BatchProgress(ladder, source.Description.Grid, time, job.Tell);
        job.Begin(progress);
        var run = new BatchRun(source, ladder, job.Output, maker, progress, time)
        {
            Kept = (key, path, length) =>
            {
                shelf.Add(key.Name, path, length);
                job.Holds = 0;
            },
        };
        IReadOnlyList<BatchFailure> failures = await run.RunAsync(cancellationToken);
        int failed = progress.Status.Rungs.Sum(rung => rung.Failed);
        Finish(job, new(failed > 0 ? $"{failed} segments cannot be made." : null, failures));
        Ended(logger, job.Id, job.State);
    }

    /// <summary>Files of subtitles that came after the job began are not of it.</summary>
    private static Ladder? Ladder(PlayableSource source, JobRecord record)
    {
        try
        {
            Ladder ladder = RenditionChoice.Of(source.Ladder, record.Rungs, codecs: null);
            return ladder with
            {
                Text = [.. ladder.Text.Where(text =>
                    text.Track is not SidecarTrack || record.Sheet.Renditions.Any(known => known.RecipeId == text.Recipe.Id))],
            };
        }
        catch (UsageException)
        {
            return null;
        }
    }

    private void Finish(Job job, JobEnd end)
    {
        try
        {
            board.Finish(job, end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Hold(job, OutputException.Of(exception).Message);
        }
    }

    private void Hold(Job job, string reason)
    {
        HeldUp(logger, job.Id, reason);
        job.Wait(reason, time.GetUtcNow() + (FirstPause * (1 << Math.Min(job.Holds++, MostDoublings))));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What job {Id} made before cannot be read: {Reason}")]
    private static partial void NotTakenUp(ILogger logger, string id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Id} waits: {Reason}")]
    private static partial void HeldUp(ILogger logger, string id, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Id} ended: {State}")]
    private static partial void Ended(ILogger logger, string id, JobState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} failed")]
    private static partial void Mistake(ILogger logger, Exception exception, string id);
}
