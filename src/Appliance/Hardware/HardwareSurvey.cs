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
    private readonly Dictionary<CodingPath, PathResult> _results = [];
    private ProbedBox? _box;

    /// <summary>The box, once it is known.</summary>
    public ProbedBox? Box => _box;

    /// <summary>Finds out which box this is and takes up what is known of it.</summary>
    /// <param name="known">Of before, where somebody has it; finding out takes a process.</param>
    /// <param name="cancellationToken">Ends that.</param>
    /// <exception cref="TranscodeException">It cannot be found out.</exception>
    public async Task<HardwareView> OpenAsync(ProbedBox? known, CancellationToken cancellationToken)
    {
        _box = known ?? await probe.ListAsync(cancellationToken);
        _results.Clear();
        if (file.Load() is { } stored && stored.Key == _box.Identity.Key && (stored.Width, stored.Height) == (options.Width, options.Height))
        {
            foreach (PathResult result in stored.Results)
            {
                _results[result.Path] = result;
            }

            if (stored.Attempting is { } fatal)
            {
                _results[fatal] = new(fatal, PathVerdict.Quarantined, "The whole box, or what tried it, went down while it was tried; it is left alone until it is asked for.") { TriedAt = DateTimeOffset.UtcNow };
                Save(null);
            }
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
            if (!again && _results.ContainsKey(path))
            {
                continue;
            }

            if (wishes.WhyOff(path) is null)
            {
                Save(path);
                try
                {
                    _results[path] = await probe.TryAsync(path, step => onChange(View(path, step)), cancellationToken);
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

    private HardwareView View(CodingPath? current, string? step) => new(_box!.Identity, [.. _box.Paths.Select(Result)], current, step);

    private PathResult Result(CodingPath path) =>
        wishes.WhyOff(path) is { } why ? new(path, PathVerdict.Off, why)
        : _results.GetValueOrDefault(path) ?? new(path, PathVerdict.NotTried, "It was not tried yet: ./run probe does.");

    private void Save(CodingPath? attempting) => file.Save(new(_box!.Identity.Key, options.Width, options.Height, [.. _results.Values], attempting));
}
