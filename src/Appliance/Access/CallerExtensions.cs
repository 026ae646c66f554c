namespace Appliance.Access;

internal static class CallerExtensions
{
    private static readonly Caller.Stranger Nobody = new();

    /// <summary>The address that the caller's orders must be charged to; null where they may be any's.</summary>
    public static string? Funds(this HttpContext context) => (context.Caller() as Caller.App)?.Key.Funds;

    /// <summary>Who asks, as <see cref="Gate"/> found.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Nobody;
}
