namespace Transcode.Engine.Tuning.Scaling;

/// <summary>A symmetric filter that pictures are resampled by.</summary>
/// <param name="Name">As recipes name it.</param>
/// <param name="Radius">In samples of the coarser raster; beyond it the weight is 0.</param>
/// <param name="Weight">Of a distance from 0 to <paramref name="Radius"/>; weights are normalised by who uses them.</param>
/// <remarks>Weights are made of additions, multiplications and divisions alone, which IEEE 754 defines to the bit: a library's
/// sine may differ from one machine to the next, and a segment's bytes may not.</remarks>
internal sealed record ScaleFilter(string Name, double Radius, Func<double, double> Weight)
{
    /// <summary>Keys' family with B = 0 and C = 0.6: what libswscale's <c>bicubic</c> is unless told otherwise.</summary>
    public static ScaleFilter Bicubic { get; } = new("bicubic-1", 2, distance => Cubic(distance, 0, 0.6));

    /// <summary>Mitchell and Netravali's choice, B = C = 1/3: softer, hardly any ringing.</summary>
    public static ScaleFilter Mitchell { get; } = new("mitchell-1", 2, distance => Cubic(distance, 1.0 / 3, 1.0 / 3));

    /// <summary>A sinc windowed by another, three lobes wide.</summary>
    public static ScaleFilter Lanczos3 { get; } = new("lanczos3-1", 3, distance => Sinc(distance) * Sinc(distance / 3));

    /// <summary>The cubic spline through six points, as Avisynth and zimg know it.</summary>
    public static ScaleFilter Spline36 { get; } = new("spline36-1", 3, Spline);

    public static IReadOnlyList<ScaleFilter> All { get; } = [Bicubic, Mitchell, Lanczos3, Spline36];

    /// <exception cref="NotSupportedException">No filter has this name.</exception>
    public static ScaleFilter Named(string name) =>
        All.FirstOrDefault(filter => filter.Name == name) ?? throw new NotSupportedException($"No scaler {name} is known.");

    /// <summary>Mitchell and Netravali, Reconstruction Filters in Computer Graphics (1988), equation 8.</summary>
    private static double Cubic(double x, double b, double c) => x switch
    {
        < 1 => (((((12 - (9 * b) - (6 * c)) * x) + (-18 + (12 * b) + (6 * c))) * x * x) + (6 - (2 * b))) / 6,
        < 2 => (((((((-b - (6 * c)) * x) + (6 * b) + (30 * c)) * x) - (12 * b) - (48 * c)) * x) + (8 * b) + (24 * c)) / 6,
        _ => 0,
    };

    private static double Spline(double x) => x switch
    {
        < 1 => (((((13.0 / 11) * x) - (453.0 / 209)) * x - (3.0 / 209)) * x) + 1,
        < 2 => ((((-6.0 / 11) * (x - 1)) + (270.0 / 209)) * (x - 1) - (156.0 / 209)) * (x - 1),
        < 3 => ((((1.0 / 11) * (x - 2)) - (45.0 / 209)) * (x - 2) + (26.0 / 209)) * (x - 2),
        _ => 0,
    };

    private static double Sinc(double x) => x == 0 ? 1 : x < 3 ? SineOfPi(x) / (Math.PI * x) : 0;

    /// <summary>sin(πx) for x from 0 on: the series around the nearest whole number, whose terms beyond the tenth are less
    /// than a double's last digit.</summary>
    private static double SineOfPi(double x)
    {
        double whole = Math.Round(x);
        double angle = (x - whole) * Math.PI;
        double term = angle;
        double sum = angle;
        for (int n = 2; n <= 20; n += 2)
        {
            term *= -angle * angle / (n * (n + 1));
            sum += term;
        }

        return (long)whole % 2 == 0 ? sum : -sum;
    }
}
