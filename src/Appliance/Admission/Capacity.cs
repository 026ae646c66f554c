using Appliance.Budgets;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Admission;

/// <summary>How fast this box makes pictures, as it really did: pixels a second of one worker, for each kind of rung.
/// Nothing is configured and nothing assumed; before the first segment nothing is known.</summary>
/// <param name="size">How many workers encode at once.</param>
internal sealed class Capacity(PoolSize size)
{
    /// <summary>Of the newest segment in the moving average: about ten segments decide, 20 seconds of one player.</summary>
    private const double NewestShare = 0.2;

    /// <summary>Kinds of rungs remembered. More would mean renditions made up for attack.</summary>
    private const int MostKinds = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Encoder, int Width, int Height), double> _byKind = [];
    private double? _overall;

    /// <summary>Segments of pictures encoded at once, all the time: less than a whole one where workers must rest.</summary>
    public double Slots => size.Now.Slots * Share;

    /// <summary>How much of their time workers may work, by the box's budgets: above 0, at most 1.</summary>
    public double Share { get; set; } = 1;

    /// <summary>Learns from a finished segment of pictures; passes over all else.</summary>
    public void Record(WorkOrder order, WorkReport report)
    {
        if (order is not SegmentOrder { Recipe: VideoRecipe recipe } segment || report.ElapsedMicroseconds <= 0)
        {
            return;
        }

        double rate = Pixels(segment, recipe) * 1e6 / report.ElapsedMicroseconds;
        lock (_gate)
        {
            _overall = Average(_overall, rate);
            if (_byKind.TryGetValue(Kind(recipe), out double known))
            {
                _byKind[Kind(recipe)] = Average(known, rate);
            }
            else if (_byKind.Count < MostKinds)
            {
                _byKind[Kind(recipe)] = rate;
            }
        }
    }

    /// <summary>How long one worker will take.</summary>
    /// <returns>Zero for what is not pictures, which has workers of its own; null where nothing was measured yet.</returns>
    public TimeSpan? Estimate(WorkOrder order) =>
        order is not SegmentOrder { Recipe: VideoRecipe recipe } segment ? TimeSpan.Zero
        : Rate(recipe) is { } rate ? TimeSpan.FromSeconds(Pixels(segment, recipe) / rate)
        : null;

    /// <summary>Seconds of one worker for a second of the rendition: 0.5 is twice as fast as it is watched.</summary>
    /// <returns>Null where nothing was measured yet.</returns>
    public double? WorkPerSecond(VideoRecipe recipe) =>
        Rate(recipe) is { } rate ? (double)recipe.Width * recipe.Height * recipe.FrameRate.ToDouble() / rate : null;

    private double? Rate(VideoRecipe recipe)
    {
        lock (_gate)
        {
            return _byKind.TryGetValue(Kind(recipe), out double rate) ? rate : _overall;
        }
    }

    private static double Average(double? before, double newest) =>
        before is { } known ? ((1 - NewestShare) * known) + (NewestShare * newest) : newest;

    private static double Pixels(SegmentOrder order, VideoRecipe recipe) =>
        (double)recipe.Width * recipe.Height * order.Source.Grid.FramesIn(order.Index);

    private static (string Encoder, int Width, int Height) Kind(VideoRecipe recipe) => (recipe.Encoder, recipe.Width, recipe.Height);
}
