namespace Appliance.Startup;

internal static class ApplianceVersion
{
    /// <summary>As <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ApplianceVersion).Assembly.GetName().Version!.ToString(3);
}
