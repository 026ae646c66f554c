using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Deband;
using Transcode.Engine.Tuning.Denoise;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Sharpening;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>Does what a plan says on the processor, by its vectors.</summary>
/// <remarks>Noise goes from brightness and colour, from each as strongly as the plan says, bands from both alike; brightness alone is sharpened.</remarks>
internal sealed class TuningKernels : ITuning
{
    /// <summary>Pictures to either side that averaging in time looks at.</summary>
    public const int Reach = 3;

    private delegate void PlaneStep(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch);

    private readonly PlaneShape[] shapes;
    private readonly TemporalDenoiser[] temporal;
    private readonly PlaneStep[][] steps;
    private readonly PicturePool pool;
    private readonly AvFrame[] between = [new(), new()];

    /// <param name="plan">What to do.</param>
    /// <param name="pixelFormat">libav's name of the pictures' layout.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="pool">Of such pictures, for the results; it stays the caller's.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The plan has a strength that there is not.</exception>
    public TuningKernels(TuningPlan plan, string pixelFormat, int width, int height, PicturePool pool, LaneWidth lanes)
    {
        if (!plan.IsPossible())
        {
            throw new ArgumentOutOfRangeException(nameof(plan), plan, "There is no such strength.");
        }

        this.pool = pool;
        shapes = Shapes(pixelFormat, width, height);
        int bits = shapes[0].Bits;
        temporal = plan.TemporalQuarters == 0 ? [] : [.. shapes.Select(shape => TemporalDenoiser.For(shape, Thresholds(plan, bits), lanes))];
        steps = [.. shapes.Select((shape, plane) => Steps(plan, shape, plane, lanes).ToArray())];
    }

    /// <summary>Pictures after one that must be known before it is made.</summary>
    public static int AheadFor(TuningPlan plan) => plan.TemporalQuarters == 0 ? 0 : Reach;

    /// <summary>What a plan says of averaging in time, for samples of so many bits.</summary>
    public static TemporalThresholds Thresholds(TuningPlan plan, int bits)
    {
        int threshold = CodeValues(plan.TemporalQuarters, bits);
        return new(threshold, 2 * threshold);
    }

    /// <summary>What a plan says of bands, for samples of so many bits.</summary>
    public static DebandOptions Bands(TuningPlan plan, int bits) =>
        new(Math.Max(1, CodeValues(plan.DebandQuarters, bits)), DebandOptions.UsualReach, Dither: true);

    /// <summary>What is done by a plan, in letters, however strongly: what its time depends on.</summary>
    public static string StepsOf(TuningPlan plan) => string.Concat(
    [
        plan.TemporalQuarters > 0 ? "t" : "",
        .. Enumerable.Range(0, PlanarFormat.Planes).Select(plane => plan.SpatialTenthsOf(plane) > 0 ? $"{plane}" : ""),
        plan.DebandQuarters > 0 ? "d" : "",
        plan.SharpenHundredths > 0 ? "s" : "",
    ]);

    /// <summary>The planes of a picture of 4:2:0.</summary>
    public static PlaneShape[] Shapes(string pixelFormat, int width, int height)
    {
        PlanarFormat format = PlanarFormat.Named(pixelFormat)!;
        return
        [
            .. Enumerable.Range(0, PlanarFormat.Planes).Select(plane => new PlaneShape(
                plane == 0 ? width : (width + format.ColumnStep - 1) / format.ColumnStep, format.Rows(plane, height), format.Bits)),
        ];
    }

    public void Run(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output)
    {
        pool.Take(output, picture);
        Array.ForEach(between, frame => pool.Take(frame, picture));
        for (int plane = 0; plane < shapes.Length; plane++)
        {
            AvFrame now = picture;
            int left = steps[plane].Length;
            if (temporal.Length > 0)
            {
                AvFrame next = left == 0 ? output : between[0];
                Average(plane, picture, before, after, next);
                now = next;
            }

            foreach (PlaneStep step in steps[plane])
            {
                AvFrame next = --left == 0 ? output : ReferenceEquals(now, between[0]) ? between[1] : between[0];
                step(Samples(now, plane), now.Stride(plane), Samples(next, plane), next.Stride(plane));
                now = next;
            }

            if (ReferenceEquals(now, picture))
            {
                Copy(plane, picture, output);
            }
        }

        Array.ForEach(between, frame => frame.Clear());
    }

    public void Dispose() => Array.ForEach(between, frame => frame.Dispose());

    private static int CodeValues(int quarters, int bits) => bits > 8 ? quarters << (bits - 10) : (quarters + 2) / 4;

    private static IEnumerable<PlaneStep> Steps(TuningPlan plan, PlaneShape shape, int plane, LaneWidth lanes)
    {
        int spatial = plan.SpatialTenthsOf(plane);
        if (spatial > 0)
        {
            yield return SpatialDenoiser.For(shape, spatial, lanes).Denoise;
        }

        if (plan.DebandQuarters > 0)
        {
            yield return Debander.For(shape, Bands(plan, shape.Bits), lanes).Deband;
        }

        if (plan.SharpenHundredths > 0 && plane == 0)
        {
            yield return Sharpener.For(shape, plan.SharpenHundredths, lanes).Sharpen;
        }
    }

    private void Average(int plane, AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame target) =>
        temporal[plane].Denoise(
            Pointer(picture, plane),
            [.. before.Select(frame => Pointer(frame, plane))],
            [.. after.Select(frame => Pointer(frame, plane))],
            Samples(target, plane),
            target.Stride(plane));

    private PlanePointer Pointer(AvFrame frame, int plane) => PlanePointer.ToNative(Samples(frame, plane), frame.Stride(plane));

    private Span<byte> Samples(AvFrame frame, int plane) => frame.Plane(plane, shapes[plane].Height);

    private void Copy(int plane, AvFrame from, AvFrame to)
    {
        PlaneShape shape = shapes[plane];
        ReadOnlySpan<byte> source = Samples(from, plane);
        Span<byte> target = Samples(to, plane);
        for (int y = 0; y < shape.Height; y++)
        {
            source.Slice(y * from.Stride(plane), shape.RowBytes).CopyTo(target[(y * to.Stride(plane))..]);
        }
    }
}
