using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Verification;

/// <summary>How far two pictures of a recipe's size and format are apart. Errors are mean squares in code values of eight bits, whatever the samples
/// have. Not for two threads at once.</summary>
internal sealed class PictureDistance
{
    /// <summary>Parts a side.</summary>
    private const int Parts = 8;

    private readonly PlaneShape[] shapes;
    private readonly double unit;
    private readonly Ssim ssim;

    /// <param name="recipe">Of 4:2:0.</param>
    public PictureDistance(VideoRecipe recipe)
    {
        int bits = recipe.PixelFormat == VideoRecipe.TenBits ? 10 : 8;
        var luma = new PlaneShape(recipe.Width, recipe.Height, bits);
        PlaneShape color = luma with { Width = (recipe.Width + 1) / 2, Height = (recipe.Height + 1) / 2 };
        shapes = [luma, color, color];
        unit = Math.Pow(4, bits - 8);
        ssim = new(luma, PlaneScaler.Widest);
    }

    /// <param name="plane">0 of luma, 1 and 2 of colour.</param>
    public double Error(int plane, AvFrame a, AvFrame b) => Error(plane, shapes[plane], 0, 0, a, b);

    /// <summary>1 − SSIM of luma; 0 where pictures are too small for it.</summary>
    public double StructureError(AvFrame a, AvFrame b)
    {
        int rows = shapes[0].Height;
        return 1 - (ssim.Of(a.Plane(0, rows), a.Stride(0), b.Plane(0, rows), b.Stride(0)) ?? 1);
    }

    /// <summary>Of luma, part after part.</summary>
    public double[] PartErrors(AvFrame a, AvFrame b)
    {
        PlaneShape luma = shapes[0];
        (int across, int down) = (Math.Min(Parts, luma.Width), Math.Min(Parts, luma.Height));
        double[] errors = new double[across * down];
        for (int i = 0; i < errors.Length; i++)
        {
            (int x, int y) = (i % across, i / across);
            (int left, int right) = (x * luma.Width / across, (x + 1) * luma.Width / across);
            (int top, int bottom) = (y * luma.Height / down, (y + 1) * luma.Height / down);
            errors[i] = Error(0, luma with { Width = right - left, Height = bottom - top }, left, top, a, b);
        }

        return errors;
    }

    private double Error(int plane, PlaneShape shape, int left, int top, AvFrame a, AvFrame b)
    {
        int rows = shapes[plane].Height, x = left * shape.SampleBytes;
        long squared = PlaneError.Squared(
            shape,
            a.Plane(plane, rows)[((top * a.Stride(plane)) + x)..],
            a.Stride(plane),
            b.Plane(plane, rows)[((top * b.Stride(plane)) + x)..],
            b.Stride(plane),
            PlaneScaler.Widest);
        return squared / (unit * shape.Width * shape.Height);
    }
}
