namespace Appliance.Budgets;

/// <summary>How much work a temperature allows: all below, less and less on the way up, the least just before hardware would throttle. It falls at once
/// and rises slowly, so that the box settles where it keeps its temperature instead of swinging.</summary>
internal static class HeatRule
{
    /// <summary>Somebody always gets something: what is less would only be a box that looks broken.</summary>
    public const double LeastShare = 0.2;

    /// <summary>Work is lowered from so much below the throttle point on.</summary>
    public const double BeginsBelow = 12;

    /// <summary>The least is reached so much below it: a segment that is under way still warms it up.</summary>
    public const double LeastFromBelow = 4;

    /// <summary>Of a step upwards, each time it is looked.</summary>
    private const double Rise = 0.05;

    /// <summary>What a temperature allows by itself.</summary>
    /// <returns><see cref="LeastShare"/> to 1.</returns>
    public static double Share(double celsius, double throttleCelsius)
    {
        double left = throttleCelsius - LeastFromBelow - celsius;
        return Math.Clamp(left / (BeginsBelow - LeastFromBelow), LeastShare, 1);
    }

    /// <summary>From a share to what is allowed now.</summary>
    public static double Follow(double before, double allowed) => allowed < before ? allowed : Math.Min(allowed, before + Rise);
}
