using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;

namespace Transcode.Engine.Segments;

/// <summary>Tunes a rung's pictures, shot by shot, as its recipe says. Each comes out in its turn, a few pictures after it went in;
/// what becomes of it depends on the pictures of its shot in this segment alone.</summary>
internal sealed class PictureTuner : IDisposable
{
    private readonly VideoRecipe recipe;
    private readonly PictureDevice device;
    private readonly PictureTuning tuning;
    private readonly Action<AvFrame> onTuned;
    private readonly PlaneShape[] shapes;
    private readonly PlaneShape luma;
    private readonly ShotWatch watch;
    private readonly PictureAnalyzer analyzer;
    private readonly ColourNoise colourNoise;

    /// <summary>Of each plane.</summary>
    private readonly Ssim[] likeness;
    private readonly PicturePool pool;
    private readonly Dictionary<TuningPlan, ITuning> known = [];
    private readonly List<TuningDecision> decisions = [];

    /// <summary>Of the shot: those that are still to come out, and before them those that these are averaged with.</summary>
    private readonly List<AvFrame> held = [];

    /// <summary>Of those held, the first that is still to come out.</summary>
    private int next;

    /// <summary>The segment's number of the first of those held.</summary>
    private int firstHeld;

    /// <summary>For the shot; null as long as it is not decided.</summary>
    private TuningPlan? plan;

    /// <param name="recipe">Of the rung; it has a tuning.</param>
    /// <param name="device">That it may be done on.</param>
    /// <param name="onTuned">Receives each picture, which is its own during the call only.</param>
    /// <exception cref="NotSupportedException">The recipe names a rule that is not known.</exception>
    public PictureTuner(VideoRecipe recipe, PictureDevice device, Action<AvFrame> onTuned)
    {
        this.recipe = recipe;
        this.device = device;
        this.onTuned = onTuned;
        tuning = recipe.Tuning is { Plan: null, Rule: not PictureTuning.AutoRule and var rule } ? throw new NotSupportedException($"No rule for tuning {rule} is known.") : recipe.Tuning!;
        shapes = TuningKernels.Shapes(recipe.PixelFormat, recipe.Width, recipe.Height);
        luma = shapes[0];
        watch = new(luma);
        analyzer = new(luma, PlaneScaler.Widest, TuningRule.Bands);
        colourNoise = new(shapes[1], PlaneScaler.Widest, TuningRule.ColourBands);
        likeness = [.. shapes.Select(shape => new Ssim(shape, PlaneScaler.Widest))];
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
        plan = null;
    }

    public void Dispose()
    {
        held.ForEach(picture => picture.Dispose());
        foreach (ITuning kernels in known.Values)
        {
            kernels.Dispose();
        }

        pool.Dispose();
    }

    private void Advance(bool isWhole)
    {
        if (plan is null && held.Count > 0 && (isWhole || held.Count == TuningRule.Pictures))
        {
            TuningDecision decision = tuning.Plan is { } asked ? new(firstHeld, null, asked, ["asked for"]) : Decide();
            decisions.Add(decision);
            plan = decision.Plan;
            ForgetAllBut(plan);
        }

        while (next < held.Count && plan is not null && (isWhole || next + TuningKernels.AheadFor(plan) < held.Count))
        {
            Give(plan);
            next++;
            Forget(next - TuningKernels.AheadFor(plan));
        }
    }

    private void Give(TuningPlan plan)
    {
        if (plan == TuningPlan.None)
        {
            onTuned(held[next]);
            return;
        }

        using var tuned = new AvFrame();
        Run(plan, next, tuned);
        onTuned(tuned);
    }

    private void Run(TuningPlan plan, int number, AvFrame output) => For(plan).Run(
        held[number],
        [.. held.Take(number).Reverse().Take(TuningKernels.AheadFor(plan))],
        [.. held.Skip(number + 1).Take(TuningKernels.AheadFor(plan))],
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
        return new(firstHeld, measures, TuningRule.Guarded(plan, plan => Likenesses(plan, measures), reasons), reasons);
    }

    private TuningMeasures Measure()
    {
        PictureAnalysis[] pairs = [.. Enumerable.Range(1, held.Count - 1).Select(i => analyzer.Analyze(Luma(held[i]), Luma(held[i - 1])))];
        PictureAnalysis last = pairs[^1];
        double unit = 1 << (luma.Bits - 8);
        return new(pairs.Max(pair => pair.Noise), Noise(1), Noise(2), last.Banding, last.Flatness, last.SpatialInformation / unit, EdgeSharpness.Of(luma, Luma(held[^1])), last.Energy / unit);

        double Noise(int plane) => Enumerable.Range(1, held.Count - 1).Max(i => colourNoise.Of(Luma(held[i]), Plane(held[i], plane), Plane(held[i - 1], plane)));
    }

    /// <summary>Of the second picture's textured windows to what they were, in each plane.</summary>
    private double?[] Likenesses(TuningPlan plan, TuningMeasures measures)
    {
        using var tuned = new AvFrame();
        Run(plan, 1, tuned);
        return [.. Enumerable.Range(0, shapes.Length).Select(plane => Likeness(plane))];

        double? Likeness(int plane)
        {
            PlaneView before = Plane(held[1], plane);
            PlaneView after = Plane(tuned, plane);
            double noise = TuningRule.TexturedFrom * measures.NoiseOf(plane) * (1 << (luma.Bits - 8));
            return likeness[plane].OfTextured(before.Samples, before.Pitch, after.Samples, after.Pitch, noise);
        }
    }

    private ITuning For(TuningPlan plan)
    {
        if (!known.TryGetValue(plan, out ITuning? kernels))
        {
            known[plan] = kernels = New(plan);
        }

        return kernels;
    }

    /// <summary>What a shot before was tuned by, and what was only tried, is hardly wanted again: strengths are many.</summary>
    private void ForgetAllBut(TuningPlan plan)
    {
        foreach (TuningPlan other in known.Keys.Where(other => other != plan).ToList())
        {
            known[other].Dispose();
            known.Remove(other);
        }
    }

    private ITuning New(TuningPlan plan)
    {
        string kind = string.Create(CultureInfo.InvariantCulture, $"{TuningKernels.StepsOf(plan)} {recipe.PixelFormat} {recipe.Width}×{recipe.Height}");
        return device.Context is { } context && device.TimesOf(kind) is { } times
            ? new SteadyTuning(device, () => new DeviceTuning(context, plan, recipe.PixelFormat, recipe.Width, recipe.Height, pool), ByVectors, times)
            : ByVectors();

        TuningKernels ByVectors() => new(plan, recipe.PixelFormat, recipe.Width, recipe.Height, pool, PlaneScaler.Widest);
    }

    private PlaneView Luma(AvFrame picture) => Plane(picture, 0);

    private PlaneView Plane(AvFrame picture, int plane) => new(picture.Plane(plane, shapes[plane].Height), picture.Stride(plane));
}
