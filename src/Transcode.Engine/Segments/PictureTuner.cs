using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Segments;

/// <summary>Tunes a rung's pictures, shot by shot, as its recipe says. Each comes out in its turn, a few pictures after it went in;
/// what becomes of it depends on the pictures of its shot in this segment alone.</summary>
internal sealed class PictureTuner : IDisposable
{
    private readonly VideoRecipe recipe;
    private readonly PictureTuning tuning;
    private readonly Action<AvFrame> onTuned;
    private readonly PlaneShape luma;
    private readonly ShotWatch watch;
    private readonly PictureAnalyzer analyzer;
    private readonly Ssim likeness;
    private readonly PicturePool pool;
    private readonly Dictionary<TuningPlan, TuningKernels> known = [];
    private readonly List<TuningDecision> decisions = [];

    /// <summary>Of the shot: those that are still to come out, and before them those that these are averaged with.</summary>
    private readonly List<AvFrame> held = [];

    /// <summary>Of those held, the first that is still to come out.</summary>
    private int next;

    /// <summary>The segment's number of the first of those held.</summary>
    private int firstHeld;

    /// <summary>For the shot; null as long as it is not decided.</summary>
    private TuningKernels? kernels;

    /// <param name="recipe">Of the rung; it has a tuning.</param>
    /// <param name="onTuned">Receives each picture, which is its own during the call only.</param>
    public PictureTuner(VideoRecipe recipe, Action<AvFrame> onTuned)
    {
        this.recipe = recipe;
        this.onTuned = onTuned;
        tuning = recipe.Tuning!;
        PlaneShape[] shapes = TuningKernels.Shapes(recipe.PixelFormat, recipe.Width, recipe.Height);
        luma = shapes[0];
        watch = new(luma);
        analyzer = new(luma, PlaneScaler.Widest, TuningRule.Bands);
        likeness = new(luma, PlaneScaler.Widest);
        pool = new(recipe.Width, recipe.Height, AvUtil.av_get_pix_fmt(recipe.PixelFormat), shapes.Select(shape => (shape.RowBytes, shape.Height)));
    }

    /// <summary>What was done so far, shot after shot.</summary>
    public IReadOnlyList<TuningDecision> Decisions => decisions;

    /// <summary>Takes the next picture, which is its own from now on.</summary>
    public void Take(AvFrame picture)
    {
        if (watch.IsCut(Luma(picture)))
        {
            Finish();
        }

        held.Add(picture);
        Advance(isWhole: false);
    }

    /// <summary>The shot ends with the last picture taken: all are given.</summary>
    public void Finish()
    {
        Advance(isWhole: true);
        Forget(held.Count);
        kernels = null;
    }

    public void Dispose()
    {
        held.ForEach(picture => picture.Dispose());
        foreach (TuningKernels plan in known.Values)
        {
            plan.Dispose();
        }

        pool.Dispose();
    }

    private void Advance(bool isWhole)
    {
        if (kernels is null && held.Count > 0 && (isWhole || held.Count == TuningRule.Pictures))
        {
            TuningDecision decision = tuning.Plan is { } plan ? new(firstHeld, null, plan, ["asked for"]) : Decide();
            decisions.Add(decision);
            kernels = For(decision.Plan);
        }

        while (next < held.Count && kernels is not null && (isWhole || next + kernels.Ahead < held.Count))
        {
            Give(kernels);
            next++;
            Forget(next - kernels.Ahead);
        }
    }

    private void Give(TuningKernels plan)
    {
        if (plan.IsNothing)
        {
            onTuned(held[next]);
            return;
        }

        using var tuned = new AvFrame();
        Run(plan, next, tuned);
        onTuned(tuned);
    }

    private void Run(TuningKernels plan, int number, AvFrame output) => plan.Run(
        held[number],
        [.. held.Take(number).Reverse().Take(plan.Ahead)],
        [.. held.Skip(number + 1).Take(plan.Ahead)],
        output);

    /// <summary>So many of those held are not needed any more.</summary>
    private void Forget(int count)
    {
        for (int i = 0; i < count; i++)
        {
            held[i].Dispose();
        }

        if (count > 0)
        {
            held.RemoveRange(0, count);
            next -= count;
            firstHeld += count;
        }
    }

    private TuningDecision Decide()
    {
        if (held.Count < 2)
        {
            return new(firstHeld, null, TuningPlan.None, ["left alone: one picture does not tell noise from texture"]);
        }

        TuningMeasures measures = Measure();
        List<string> reasons = [];
        TuningPlan plan = TuningRule.Decide(measures, reasons);
        return new(firstHeld, measures, TuningRule.Guarded(plan, plan => Likeness(plan, measures.Noise), reasons), reasons);
    }

    private TuningMeasures Measure()
    {
        PictureAnalysis[] pairs = [.. Enumerable.Range(1, held.Count - 1).Select(i => analyzer.Analyze(Luma(held[i]), Luma(held[i - 1])))];
        PictureAnalysis last = pairs[^1];
        double unit = 1 << (luma.Bits - 8);
        return new(pairs.Max(pair => pair.Noise), last.Banding, last.Flatness, last.SpatialInformation / unit, EdgeSharpness.Of(luma, Luma(held[^1])), last.Energy / unit);
    }

    /// <summary>Of the second picture's textured windows to what they were.</summary>
    private double? Likeness(TuningPlan plan, double noise)
    {
        using var tuned = new AvFrame();
        Run(For(plan), 1, tuned);
        PlaneView before = Luma(held[1]);
        PlaneView after = Luma(tuned);
        return likeness.OfTextured(before.Samples, before.Pitch, after.Samples, after.Pitch, TuningRule.TexturedFrom * noise * (1 << (luma.Bits - 8)));
    }

    private TuningKernels For(TuningPlan plan)
    {
        if (!known.TryGetValue(plan, out TuningKernels? kernels))
        {
            known[plan] = kernels = new(plan, recipe.PixelFormat, recipe.Width, recipe.Height, pool, PlaneScaler.Widest);
        }

        return kernels;
    }

    private PlaneView Luma(AvFrame picture) => new(picture.Plane(0, luma.Height), picture.Stride(0));
}
