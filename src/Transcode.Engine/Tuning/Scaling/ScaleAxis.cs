namespace Transcode.Engine.Tuning.Scaling;

/// <summary>How one axis of a plane is resampled: for each sample of the target the first of the source that counts, and
/// whole-number weights of so many from there on.</summary>
/// <remarks>Beyond its edges a picture goes on as its last sample: what a filter reaches there is added to that one's weight.</remarks>
internal sealed class ScaleAxis
{
    /// <summary>Of a weight of 1: 2^14, so that weights of up to twice that fit 16 bits with their sign.</summary>
    public const int WeightBits = 14;

    private const int One = 1 << WeightBits;

    private readonly int[] starts;
    private readonly short[] weights;

    private ScaleAxis(int sourceSize, int[] starts, short[] weights)
    {
        SourceSize = sourceSize;
        this.starts = starts;
        this.weights = weights;
    }

    public int SourceSize { get; }

    public int TargetSize => starts.Length;

    /// <summary>Weights of one target sample: an even number. Those past the source's end are 0.</summary>
    public int Taps => weights.Length / starts.Length;

    /// <summary>First source sample of each target sample, 0 to the source's last.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>Those of the first target sample, then those of the next. Each sample's sum is 2^14 exactly: flat stays flat.</summary>
    public ReadOnlySpan<short> Weights => weights;

    /// <param name="filter">Widened by the ratio where the target is coarser.</param>
    /// <param name="source">Of the source's plane.</param>
    /// <param name="sourcePixels">Of its picture.</param>
    /// <param name="target">Of the target's plane.</param>
    /// <param name="targetPixels">Of its picture.</param>
    /// <param name="evenStarts">Whether every start must be even.</param>
    public static ScaleAxis For(ScaleFilter filter, Raster source, int sourcePixels, Raster target, int targetPixels, bool evenStarts)
    {
        double ratio = (double)sourcePixels / targetPixels;
        double stretch = Math.Max(1, ratio * target.Step / source.Step);
        var starts = new int[target.Size];
        var windows = new int[target.Size][];
        for (int i = 0; i < target.Size; i++)
        {
            double centre = ((((i * (double)target.Step) + target.First) * ratio) - source.First) / source.Step;
            (starts[i], windows[i]) = Window(filter, centre, stretch, source.Size);
            if (evenStarts && starts[i] % 2 != 0)
            {
                starts[i]--;
                windows[i] = [0, .. windows[i]];
            }
        }

        int taps = (windows.Max(window => window.Length) + 1) & ~1;
        var weights = new short[target.Size * taps];
        for (int i = 0; i < target.Size; i++)
        {
            for (int tap = 0; tap < windows[i].Length; tap++)
            {
                weights[(i * taps) + tap] = checked((short)windows[i][tap]);
            }
        }

        return new(source.Size, starts, weights);
    }

    /// <summary>The weights of a target sample at <paramref name="centre"/>, counted in source samples.</summary>
    private static (int Start, int[] Weights) Window(ScaleFilter filter, double centre, double stretch, int size)
    {
        double radius = filter.Radius * stretch;
        int first = (int)Math.Ceiling(centre - radius);
        int last = (int)Math.Floor(centre + radius);
        int start = Math.Clamp(first, 0, size - 1);
        var exact = new double[Math.Clamp(last, 0, size - 1) - start + 1];
        for (int i = first; i <= last; i++)
        {
            exact[Math.Clamp(i, 0, size - 1) - start] += filter.Weight(Math.Abs(i - centre) / stretch);
        }

        int[] whole = Rounded(exact);
        int skipped = Array.FindIndex(whole, weight => weight != 0);
        int end = Array.FindLastIndex(whole, weight => weight != 0) + 1;
        return (start + skipped, whole[skipped..end]);
    }

    /// <summary>Rounds the running sum, so that the error of no stretch of weights is more than one unit, and the whole has none.</summary>
    private static int[] Rounded(double[] exact)
    {
        double scale = One / exact.Sum();
        var whole = new int[exact.Length];
        double sum = 0;
        int before = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            sum += exact[i] * scale;
            int now = i == exact.Length - 1 ? One : (int)Math.Round(sum);
            whole[i] = now - before;
            before = now;
        }

        return whole;
    }
}
