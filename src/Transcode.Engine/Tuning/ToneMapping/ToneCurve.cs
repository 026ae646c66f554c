using Transcode.Engine.Recipes;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>Brings light up to a scene's peak into the range of a standard display: rising, and 1 at the peak.</summary>
/// <param name="Name">As recipes may name it.</param>
/// <param name="Map">Of cd/m² and the peak in cd/m², which is greater than white: light from 0 to 1.</param>
internal sealed record ToneCurve(string Name, Func<double, double, double> Map)
{
    /// <summary>Where the spline begins to bend, in cd/m²: what indoor scenes lie around.</summary>
    private const double PivotNits = 10;

    /// <summary>Straight below three tenths of white, then the one Möbius transform that goes on from there with the same slope and
    /// reaches 1 at the peak: libavfilter's <c>tonemap=mobius</c>.</summary>
    public static ToneCurve Mobius { get; } = new(PictureToneMap.Mobius, MapMobius);

    /// <summary>The EETF of ITU-R BT.2390 (5.4.1) from black to the peak, to white: in PQ straight up to a knee, then a Hermite
    /// spline that comes in level. Both blacks are 0, so nothing is lifted.</summary>
    public static ToneCurve Bt2390 { get; } = new(PictureToneMap.Bt2390, MapBt2390);

    /// <summary>Straight up to a pivot; from there, in PQ, the cubic that goes on with the same slope and comes to white without a bend: what
    /// libplacebo's curve of this name is where it need not flatten at the pivot.</summary>
    public static ToneCurve Spline { get; } = new(PictureToneMap.Spline, MapSpline);

    public static IReadOnlyList<ToneCurve> All { get; } = [Mobius, Bt2390, Spline];

    /// <exception cref="NotSupportedException">No curve has this name.</exception>
    public static ToneCurve Named(string name) =>
        All.FirstOrDefault(curve => curve.Name == name) ?? throw new NotSupportedException($"No tone curve {name} is known.");

    /// <summary>Where there is nothing above white, light stays as it is.</summary>
    /// <param name="nits">0 or more, in cd/m².</param>
    /// <param name="peakNits">Above it all is white.</param>
    public double Light(double nits, double peakNits) =>
        nits >= peakNits ? Math.Min(1, nits / Transfer.WhiteNits)
        : peakNits <= Transfer.WhiteNits ? nits / Transfer.WhiteNits
        : Math.Clamp(Map(nits, peakNits), 0, 1);

    private static double MapMobius(double nits, double peakNits)
    {
        const double knee = 0.3;
        double light = nits / Transfer.WhiteNits;
        if (light <= knee)
        {
            return light;
        }

        double span = (peakNits / Transfer.WhiteNits) - knee;
        double bend = ((span / (1 - knee)) - 1) / span;
        return knee + ((light - knee) / (1 + (bend * (light - knee))));
    }

    private static double MapBt2390(double nits, double peakNits)
    {
        double peak = Transfer.PqSignal(peakNits);
        double signal = Transfer.PqSignal(nits) / peak;
        double largest = Transfer.PqSignal(Transfer.WhiteNits) / peak;
        double knee = (1.5 * largest) - 0.5;
        if (signal > knee)
        {
            double t = (signal - knee) / (1 - knee);
            double square = t * t;
            double cube = square * t;
            signal = (((2 * cube) - (3 * square) + 1) * knee) + ((cube - (2 * square) + t) * (1 - knee)) + (((3 * square) - (2 * cube)) * largest);
        }

        return Transfer.PqNits(signal * peak) / Transfer.WhiteNits;
    }

    private static double MapSpline(double nits, double peakNits)
    {
        if (nits <= PivotNits)
        {
            return nits / Transfer.WhiteNits;
        }

        double pivot = Transfer.PqSignal(PivotNits);
        double over = Transfer.PqSignal(peakNits) - pivot;
        double room = Transfer.PqSignal(Transfer.WhiteNits) - pivot;
        double x = Transfer.PqSignal(nits) - pivot;

        // x − 3·c·over·x² + c·x³: slope 1 at the pivot; at the peak no bend and the value of white. It rises as long as white is a third of the
        // way to the peak at least, which it is up to 10000 cd/m².
        double cubic = (over - room) / (2 * over * over * over);
        return Transfer.PqNits(pivot + (((((cubic * x) - (3 * cubic * over)) * x) + 1) * x)) / Transfer.WhiteNits;
    }
}
