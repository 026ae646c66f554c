using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Plans;
using Transcode.Engine.Tuning.Stages;

namespace Appliance.Bench;

/// <summary>One way of tuning a rung, and what the pictures then cost and look like at some qualities asked of the encoder.</summary>
/// <param name="name">For people.</param>
/// <param name="tuning">Null for none.</param>
/// <param name="recipe">Of the rung.</param>
/// <param name="grid">The source's.</param>
internal sealed class TuningTrial(string name, PictureTuning? tuning, VideoRecipe recipe, Grid grid)
{
    /// <summary>From the recipe's own factor on.</summary>
    private static readonly int[] Offsets = [0, 2, 4, 6, 8, 11];

    private readonly EncodingTrial[] curve = [.. Offsets.Select(offset => new EncodingTrial(
        name, recipe with { ConstantRateFactor = recipe.ConstantRateFactor + offset }, grid, []))];

    public string Name => name;

    /// <summary>What was done, shot after shot.</summary>
    public List<TuningDecision> Decisions { get; } = [];

    /// <summary>What tuning took.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>At the recipe's own factor.</summary>
    public EncodingTrial Own => curve[0];

    /// <summary>Tunes and encodes a segment.</summary>
    /// <param name="pictures">Of the rung's size; they stay as they are.</param>
    /// <param name="originals">What they are compared with.</param>
    public async Task AddAsync(IReadOnlyList<AvFrame> pictures, IReadOnlyList<AvFrame> originals)
    {
        List<AvFrame> tuned = Tune(pictures);
        foreach (EncodingTrial trial in curve)
        {
            await trial.EncodeAsync(tuned, originals);
        }

        tuned.ForEach(picture => picture.Dispose());
    }

    /// <summary>The best quality there is on the curve: where there is noise, spending more bytes on it makes pictures worse.</summary>
    /// <param name="of">Which.</param>
    public double Best(Func<PictureQuality, double> of) => curve.Max(trial => of(trial.Quality));

    /// <summary>The fewest bits a second that give a quality: between two points of the curve, straight over the rate's logarithm.</summary>
    /// <param name="quality">Wanted.</param>
    /// <param name="of">Which.</param>
    /// <returns>Null where the curve does not reach it; what its end has, where all of it is better.</returns>
    public double? RateAt(double quality, Func<PictureQuality, double> of)
    {
        int last = Array.FindLastIndex(curve, trial => of(trial.Quality) >= quality);
        if (last < 0 || last == curve.Length - 1)
        {
            return last < 0 ? null : curve[last].BitsPerSecond;
        }

        (EncodingTrial better, EncodingTrial worse) = (curve[last], curve[last + 1]);
        double share = (quality - of(worse.Quality)) / (of(better.Quality) - of(worse.Quality));
        return Math.Exp((share * Math.Log(better.BitsPerSecond)) + ((1 - share) * Math.Log(worse.BitsPerSecond)));
    }

    private List<AvFrame> Tune(IReadOnlyList<AvFrame> pictures)
    {
        var all = new List<AvFrame>();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        using PictureTuner? tuner = tuning is null ? null : new(recipe with { Tuning = tuning }, PictureDevice.None, Keep);
        foreach (AvFrame picture in pictures)
        {
            var reference = new AvFrame();
            reference.Reference(picture);
            if (tuner is null)
            {
                all.Add(reference);
            }
            else
            {
                tuner.Take(reference);
            }
        }

        tuner?.Finish();
        Cpu += Environment.CpuUsage.TotalTime - before;
        Decisions.AddRange(tuner?.Decisions ?? []);
        return all;

        void Keep(AvFrame tuned)
        {
            var kept = new AvFrame();
            kept.Reference(tuned);
            all.Add(kept);
        }
    }
}
