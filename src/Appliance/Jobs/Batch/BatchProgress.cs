using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs.Batch;

/// <summary>Counts what a job has done. Any thread may tell it or ask it.</summary>
/// <param name="ladder">What is made.</param>
/// <param name="grid">Of what length.</param>
/// <param name="time">The clock of the rate.</param>
/// <param name="changed">Called after each change, from whichever thread made it.</param>
internal sealed class BatchProgress(Ladder ladder, Grid grid, TimeProvider time, Action changed)
{
    /// <summary>A segment of sound costs about what so many pixels a frame cost: measured, some tenth of a 240p rung.</summary>
    private const long PixelsOfSound = 10_000;

    private readonly Lock _gate = new();
    private readonly Rung[] _rungs = [.. ladder.AllRenditions.Select(r => new Rung(r))];
    private readonly long _started = time.GetTimestamp();
    private double _workBefore;

    public BatchStatus Status
    {
        get
        {
            lock (_gate)
            {
                double all = _rungs.Sum(rung => rung.Weight * rung.Total);
                double done = Work();
                double share = all > 0 ? done / all : 0;
                TimeSpan elapsed = time.GetElapsedTime(_started);
                double now = (done - _workBefore) / Math.Max(all, 1);
                bool hasRate = now > 0 && elapsed > TimeSpan.Zero;
                return new(
                    [.. _rungs.Select(rung => new RungProgress(rung.Name, rung.Done, rung.Failed, rung.Total))],
                    share,
                    hasRate ? now * grid.Duration.TotalSeconds / elapsed.TotalSeconds : null,
                    hasRate ? elapsed * ((1 - share) / now) : null);
            }
        }
    }

    /// <summary>How many segments there are, and how many of them are there from earlier runs.</summary>
    public void Begin(IReadOnlyList<(int Total, int Done)> rungs)
    {
        lock (_gate)
        {
            for (int i = 0; i < _rungs.Length; i++)
            {
                (_rungs[i].Total, _rungs[i].Done) = rungs[i];
            }

            _workBefore = Work();
        }

        changed();
    }

    public void Done(int rung)
    {
        lock (_gate)
        {
            _rungs[rung].Done++;
        }

        changed();
    }

    public void Failed(int rung)
    {
        lock (_gate)
        {
            _rungs[rung].Failed++;
        }

        changed();
    }

    private double Work() => _rungs.Sum(rung => rung.Weight * (rung.Done + rung.Failed));

    private sealed class Rung(Rendition rendition)
    {
        public string Name { get; } = rendition.Name;

        public double Weight { get; } = rendition.Recipe is VideoRecipe video ? (double)video.Width * video.Height : PixelsOfSound;

        public int Total { get; set; }

        public int Done { get; set; }

        public int Failed { get; set; }
    }
}
