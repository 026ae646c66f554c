using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Sharpening;

namespace Appliance.Bench;

/// <summary>What sharpening within the scaler's second pass could save at most. What lies between the two would then never leave the nearest cache: neither is the scaled
/// plane written, nor read. So it is told what sharpening takes where it reads such rows, and what copying the plane takes, which is one write and one read.</summary>
internal static class SharpeningReach
{
    private const int Hundredths = 30;

    /// <summary>Scaled rows that lie near: those of the widest block, and a neighbour on either side.</summary>
    private const int NearRows = 18;

    /// <param name="pictures">Grey, of one shape.</param>
    /// <param name="bits">Of a sample.</param>
    /// <param name="rounds">How often.</param>
    public static void Measure(List<AvFrame> pictures, int bits, int rounds)
    {
        (int width, int height) = (pictures[0].Width * 2 / 3 / 2 * 2, pictures[0].Height * 2 / 3 / 2 * 2);
        var format = new PlanarFormat(bits, 2, 2);
        PlanePlan plan = ComponentPlans.For(
            ScaleFilter.Bicubic, format, (pictures[0].Width, pictures[0].Height), format, (width, height), ChromaSiting.Left).Luma;
        var shape = new PlaneShape(width, height, bits);
        var near = new PlaneShape(width, NearRows, bits);
        var scaler = PlaneScaler.For(plan, PlaneScaler.Widest);
        var sharpener = Sharpener.For(shape, Hundredths, PlaneScaler.Widest);
        var nearby = Sharpener.For(near, Hundredths, PlaneScaler.Widest);
        int made = NearRows - 2;
        byte[] scaled = new byte[shape.RowBytes * height];
        byte[] sharpened = new byte[shape.RowBytes * (height + NearRows)];
        void Scale(AvFrame picture) => scaler.Scale(picture.Plane(0, picture.Height), picture.Stride(0), scaled, shape.RowBytes);
        void Sharpen() => sharpener.Sharpen(scaled, shape.RowBytes, sharpened, shape.RowBytes);
        KernelTrial[] trials =
        [
            new("scaling", () => pictures.ForEach(Scale)),
            new("sharpening", () => pictures.ForEach(_ => Sharpen())),
            new("sharpening of rows that lie near", () => pictures.ForEach(_ =>
            {
                for (int top = 0; top < height; top += made)
                {
                    nearby.Sharpen(scaled, shape.RowBytes, sharpened.AsSpan(top * shape.RowBytes), shape.RowBytes);
                }
            })),
            new("copying", () => pictures.ForEach(_ => scaled.CopyTo(sharpened, 0))),
            new("one after the other", () => pictures.ForEach(picture =>
            {
                Scale(picture);
                Sharpen();
            })),
        ];
        KernelTrial.Alternate(trials, rounds);
        foreach (KernelTrial trial in trials)
        {
            double rows = trial.Name.EndsWith("near", StringComparison.Ordinal) ? (double)made / NearRows : 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{$"to {width}x{height}",-14}{bits,2} bit  {trial.Name,-34}{trial.Median * rows * 1000 / pictures.Count,9:F3} ms{1 / trial.FasterThan(trials[^1]) * rows,8:F3} of both"));
        }
    }
}
