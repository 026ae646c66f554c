using Appliance.Hardware.Encoders;
using Appliance.Profiles;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Hardware;

/// <summary>Tries the paths of this box one after the other, and remembers. Not for two at once.</summary>
/// <param name="probe">What tries them.</param>
/// <param name="options">How.</param>
/// <param name="file">What remembers.</param>
/// <param name="wishes">The owner's.</param>
internal sealed class HardwareSurvey(HardwareProbe probe, HardwareProbeOptions options, HardwareFile file, OwnersHardware wishes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CodingPath, PathResult> _results = [];
    private ProbedBox? _box;
    private CodingPath? _attempting;

    /// <summary>The box, once it is known.</summary>
    public ProbedBox? Box => _box;

    /// <summary>Finds out which box this is and takes up what is known of it.</summary>
    /// <param name="known">Of before, where somebody has it; finding out takes a process.</param>
    /// <param name="cancellationToken">Ends that.</param>
    /// <exception cref="TranscodeException">It cannot be found out.</exception>
    public async Task<HardwareView> OpenAsync(ProbedBox? known, CancellationToken cancellationToken)
    {
        _box = known ?? await probe.ListAsync(cancellationToken);
        if (TakeUp()?.Attempting is { } fatal)
        {
            Set(new(fatal, PathVerdict.Quarantined, "The whole box, or what tried it, went down while it was tried; it is left alone until it is asked for.") { TriedAt = DateTimeOffset.UtcNow });
            Save(null);
        }

        return View(null, null);
    }

    /// <summary>What is known of this box, for who only looks: whatever tries its paths meanwhile is left to it.</summary>
    /// <exception cref="TranscodeException">It cannot be found out.</exception>
    public async Task<HardwareView> ReadAsync(CancellationToken cancellationToken)
    {
        _box = await probe.ListAsync(cancellationToken);
        if (TakeUp()?.Attempting is { } trying)
        {
            Set(new(trying, PathVerdict.NotTried, "It is being tried just now, or what tried it went down with it."));
        }

        return View(null, null);
    }

    /// <summary>Tries what is not known, or all of it.</summary>
    /// <param name="which">What is wanted.</param>
    /// <param name="again">Whether what is known is tried anew, quarantined or not.</param>
    /// <param name="onChange">Hears of each step and each result.</param>
    /// <param name="cancellationToken">Ends it after what is known by then.</param>
    /// <exception cref="IOException">What is found cannot be kept.</exception>
    public async Task<HardwareView> RunAsync(Func<CodingPath, bool> which, bool again, Action<HardwareView> onChange, CancellationToken cancellationToken)
    {
        foreach (CodingPath path in _box!.Paths.Where(which))
        {
            if (!again && Find(path) is { } known && !IsUnrehearsed(known))
            {
                continue;
            }

            if (wishes.WhyOff(path) is null)
            {
                Save(path);
                try
                {
                    Set(await TryAsync(path, step => onChange(View(path, step)), cancellationToken));
                }
                finally
                {
                    Save(null);
                }
            }

            onChange(View(null, null));
        }

        return View(null, null);
    }

    /// <summary>An encoder or decoder that worked when it was tried came to a bad end afterwards.</summary>
    /// <param name="which">Its paths.</param>
    /// <param name="why">In a sentence.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public HardwareView LeaveAlone(Func<CodingPath, bool> which, string why)
    {
        foreach (PathResult result in _box!.Paths.Where(which).Select(Find).OfType<PathResult>())
        {
            Set(result with { Verdict = PathVerdict.Quarantined, Reason = why, Rehearsal = null });
        }

        lock (_gate)
        {
            Save(_attempting);
        }

        return View(null, null);
    }

    /// <summary>Tries a path; a device's encoder that works and may make rungs, and a decoder that may decode films, is then rehearsed by workers as they are.</summary>
    private async Task<PathResult> TryAsync(CodingPath path, Action<string> onStep, CancellationToken cancellationToken)
    {
        PathResult result = await probe.TryAsync(path, onStep, cancellationToken);
        if (result.Verdict != PathVerdict.Works || !IsRehearsed(path))
        {
            return result;
        }

        onStep("making segments in a worker that is locked in");
        var workers = new WorkerPoolOptions { WorkerPath = options.WorkerPath, WorkerArguments = options.WorkerArguments };
        return result with { Rehearsal = path.MayDecodeFilms
            ? await DecoderTrial.RunAsync(workers, path, options.Width, options.Height, cancellationToken)
            : await EncoderTrial.RunAsync(workers, EncoderChoice.On(_box!.Identity, path), options.Width, options.Height, cancellationToken) };
    }

    /// <returns>What was kept of this box; null where nothing was.</returns>
    private StoredHardware? TakeUp()
    {
        Clear();
        if (file.Load() is not { } stored || stored.Key != _box!.Identity.Key || (stored.Width, stored.Height) != (options.Width, options.Height))
        {
            return null;
        }

        foreach (PathResult result in stored.Results)
        {
            Set(result);
        }

        return stored;
    }

    private static bool IsRehearsed(CodingPath path) => path.MayMakeRungs || path.MayDecodeFilms;

    /// <summary>Whether it is of a time when these were not rehearsed.</summary>
    private static bool IsUnrehearsed(PathResult result) => result is { Verdict: PathVerdict.Works, Rehearsal: null } && IsRehearsed(result.Path);

    private HardwareView View(CodingPath? current, string? step) => new(_box!.Identity, [.. _box.Paths.Select(Result)], current, step);

    private PathResult Result(CodingPath path) =>
        wishes.WhyOff(path) is { } why ? new(path, PathVerdict.Off, why)
        : Find(path) ?? new(path, PathVerdict.NotTried, "It was not tried yet: ./run probe does.");

    private void Save(CodingPath? attempting)
    {
        lock (_gate)
        {
            _attempting = attempting;
            file.Save(new(_box!.Identity.Key, options.Width, options.Height, [.. _results.Values], attempting));
        }
    }

    private PathResult? Find(CodingPath path)
    {
        lock (_gate)
        {
            return _results.GetValueOrDefault(path);
        }
    }

    private void Set(PathResult result)
    {
        lock (_gate)
        {
            _results[result.Path] = result;
        }
    }

    private void Clear()
    {
        lock (_gate)
        {
            _results.Clear();
        }
    }
}
