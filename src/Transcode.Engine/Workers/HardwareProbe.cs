using System.Globalization;
using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>Finds out what this box can do by having it done, each path in a process of its own with a time limit. A process that dies, hangs or says what
/// cannot be is an answer about its path.</summary>
public sealed class HardwareProbe(HardwareProbeOptions options)
{
    /// <summary>Nothing a box can make is faster.</summary>
    private const double FastestFramesPerSecond = 1_000_000;

    /// <summary>Which box this is, and what its libav has.</summary>
    /// <exception cref="TranscodeException">It cannot be found out; the message says why.</exception>
    public async Task<ProbedBox> ListAsync(CancellationToken cancellationToken)
    {
        ProbeRun run = await ProbeRun.StartAsync(options, [ProbeProgram.List], options.ListLimit, _ => { }, cancellationToken).ConfigureAwait(false);
        return run.Last is { Box: { } box, Paths: { } paths }
            ? new(box, paths)
            : throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"What libav has here cannot be found out: {run.Obituary}.");
    }

    /// <summary>Tries a path; once more where that ended the process, which can have been an accident.</summary>
    /// <param name="path">To try.</param>
    /// <param name="onStep">Hears what it is at, on any thread.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public async Task<PathResult> TryAsync(CodingPath path, Action<string> onStep, CancellationToken cancellationToken)
    {
        PathResult first = await TryOnceAsync(path, onStep, cancellationToken).ConfigureAwait(false);
        if (!first.EndedItsProcess)
        {
            return first;
        }

        onStep("once more");
        PathResult second = await TryOnceAsync(path, onStep, cancellationToken).ConfigureAwait(false);
        return second.EndedItsProcess
            ? second with { Verdict = PathVerdict.Quarantined, Reason = $"It ended two processes and is left alone until something changes here: {second.Reason}" }
            : second;
    }

    private async Task<PathResult> TryOnceAsync(CodingPath path, Action<string> onStep, CancellationToken cancellationToken)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{options.Width}x{options.Height}");
        ProbeRun run = await ProbeRun.StartAsync(options, [path.ToString(), size], options.TimeLimit, onStep, cancellationToken).ConfigureAwait(false);
        PathResult result = run switch
        {
            { Last.Result: { } said } => WhyUnbelievable(said, path, run.Elapsed) is { } why
                ? new(path, PathVerdict.Lied, $"The process that tried it said what cannot be: {why}.")
                : said with { Reason = WorkerText.Clean(said.Reason), Detail = said.Detail is null ? null : WorkerText.Clean(said.Detail) },
            { TimedOut: true } => new(path, PathVerdict.Hung, $"It did not answer within {(int)options.TimeLimit.TotalSeconds} seconds, at \"{run.Step}\", and was ended."),
            { Nonsense: { } nonsense } => new(path, PathVerdict.Lied, $"The process that tried it said what cannot be: {nonsense}."),
            _ => new(path, PathVerdict.Crashed, $"The process that tried it came to a bad end at \"{run.Step}\": {run.Obituary}."),
        };
        return result with { TriedAt = DateTimeOffset.UtcNow };
    }

    private string? WhyUnbelievable(PathResult said, CodingPath path, TimeSpan elapsed) => said switch
    {
        _ when said.Path != path => $"it was asked for {path} and answers for {said.Path}",
        { Verdict: not (PathVerdict.Works or PathVerdict.Fails or PathVerdict.WrongPictures or PathVerdict.BreaksPromise) } => $"{said.Verdict} is not for it to say",
        { Reason: null or "" } => "it gives no reason",
        { Verdict: PathVerdict.Works, Figures: null } => "it works, and there is no figure",
        { Verdict: not PathVerdict.Works } => null,
        { Figures: { } figures } when figures.Width != options.Width || figures.Height != options.Height => $"its pictures are {figures.Width}×{figures.Height}",
        { Figures: { } figures } when !(figures.FramesPerSecond > 0 && figures.FramesPerSecond < FastestFramesPerSecond
            && figures.SessionFramesPerSecond > 0 && figures.SessionFramesPerSecond < FastestFramesPerSecond) => "its rate is none",
        { Figures: { } figures } when figures.FirstFrameMicroseconds < 0 || figures.FirstFrameMicroseconds > elapsed.TotalMicroseconds => "its first picture came after its end",
        _ => null,
    };
}
