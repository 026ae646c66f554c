using Transcode.Engine.Tuning.Lookahead;

namespace Transcode.Engine.Tests.Tuning.Lookahead;

/// <summary>Planes of known samples.</summary>
internal static class Planes
{
    public static AnalysisPlane Of(int columns, int rows, Func<int, int, int> sample)
    {
        var plane = new AnalysisPlane(columns, rows);
        Fill(plane, sample);
        plane.Complete();
        return plane;
    }

    public static void Fill(AnalysisPlane plane, Func<int, int, int> sample)
    {
        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = 0; x < plane.Width; x++)
            {
                plane.Row(y)[x] = (byte)sample(x, y);
            }
        }
    }

    /// <summary>Noise of which no sample knows the next, the same each time.</summary>
    public static Func<int, int, int> Grain(int seed) => (x, y) => new Random((seed * 1_000_003) + (y * 8191) + x).Next(256);

    /// <summary>Noise that is smooth enough for a search to find its way downhill, the same each time.</summary>
    public static Func<int, int, int> Clouds(int seed)
    {
        const int Size = 64;
        var random = new Random(seed);
        double[] nodes = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextDouble() * 255)];
        return (x, y) =>
        {
            double u = (x + 4096) / 12.0, v = (y + 4096) / 12.0;
            (int i, int j) = ((int)u, (int)v);
            (double a, double b) = (Ease(u - i), Ease(v - j));
            double upper = (At(i, j) * (1 - a)) + (At(i + 1, j) * a), lower = (At(i, j + 1) * (1 - a)) + (At(i + 1, j + 1) * a);
            return (int)((upper * (1 - b)) + (lower * b));
        };

        double At(int i, int j) => nodes[(j % Size * Size) + (i % Size)];
        static double Ease(double t) => t * t * (3 - (2 * t));
    }
}
