using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>One rung of ffmpeg's ladder at several quality targets (crf), whole steps away from the recipe's, until the bytes of
/// ours lie between those of two of them.</summary>
internal sealed class FfmpegCurve(Rendition rendition, Likeness ours)
{
    /// <summary>Steps from the recipe's, either way.</summary>
    private const int FurthestStep = 6;

    /// <summary>Where the rate cap binds, the next step changes little: what differs by less is one point for a curve, not two.</summary>
    private const double LeastRatio = 1.02;

    private const int CurvePoints = 3;

    private readonly SortedDictionary<int, Likeness> runs = [];

    public Rendition Rendition => rendition;

    public Likeness Ours => ours;

    /// <summary>By the step from the recipe's quality target.</summary>
    public IReadOnlyDictionary<int, Likeness> Runs => runs;

    /// <summary>The steps to try next: one either way, then on towards our bytes. Empty where there is a curve, or none to be had.</summary>
    public IEnumerable<int> Wanted
    {
        get
        {
            if (runs.Count < CurvePoints)
            {
                return [.. Enumerable.Range(-1, CurvePoints).Except(runs.Keys)];
            }

            // A lower crf gives more bytes, until the rate cap binds; a higher one always gives fewer.
            int next = ours.Bytes > runs.Values.Max(run => run.Bytes) ? runs.Keys.First() - 1 : runs.Keys.Last() + 1;
            return FitsOurs || Math.Abs(next) > FurthestStep ? [] : [next];
        }
    }

    /// <summary>What ffmpeg has at our bytes, between runs of more and of fewer bytes; null where it never came to ours.</summary>
    public Likeness? AtOurBytes
    {
        get
        {
            if (!FitsOurs)
            {
                return null;
            }

            List<Likeness> apart = Apart;
            Likeness above = apart.Find(run => run.Bytes >= ours.Bytes)!;
            Likeness below = apart.FindLast(run => run != above && run.Bytes <= ours.Bytes) ?? apart[1];
            Likeness third = apart.Where(run => run != above && run != below).MinBy(run => Math.Abs(Math.Log((double)run.Bytes / ours.Bytes)))!;
            Likeness[] nearest = [below, above, third];
            var psnr = new RateCurve(nearest.Select(run => ((double)run.Bytes, run.Psnr)));
            var ssim = new RateCurve(nearest.Select(run => ((double)run.Bytes, run.SsimDecibels)));
            return Likeness.Of(psnr.At(ours.Bytes), ssim.At(ours.Bytes), ours.Bytes);
        }
    }

    private bool FitsOurs => Apart is { Count: >= CurvePoints } apart && apart[0].Bytes <= ours.Bytes && ours.Bytes <= apart[^1].Bytes;

    /// <summary>From the fewest bytes on, without those that add next to nothing.</summary>
    private List<Likeness> Apart
    {
        get
        {
            var apart = new List<Likeness>();
            foreach (Likeness run in runs.Values.OrderBy(run => run.Bytes))
            {
                if (apart.Count == 0 || run.Bytes >= apart[^1].Bytes * LeastRatio)
                {
                    apart.Add(run);
                }
            }

            return apart;
        }
    }

    public void Add(int step, Likeness run) => runs.Add(step, run);
}
