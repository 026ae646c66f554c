namespace Appliance.Bench;

/// <summary>Quality over rate, through three measured points: a parabola over the logarithm of the rate, as Bjøntegaard's
/// measure (VCEG-M33) fits one.</summary>
internal sealed class RateCurve
{
    private readonly double[] rates;
    private readonly double[] qualities;

    /// <param name="points">Three, of different rates.</param>
    public RateCurve(IEnumerable<(double Rate, double Quality)> points)
    {
        (double Rate, double Quality)[] all = [.. points];
        rates = [.. all.Select(point => Math.Log2(point.Rate))];
        qualities = [.. all.Select(point => point.Quality)];
    }

    /// <summary>The quality that the curve has at a rate.</summary>
    public double At(double rate)
    {
        double x = Math.Log2(rate);
        double sum = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            double weight = 1;
            for (int j = 0; j < rates.Length; j++)
            {
                weight *= j == i ? 1 : (x - rates[j]) / (rates[i] - rates[j]);
            }

            sum += qualities[i] * weight;
        }

        return sum;
    }
}
