namespace Appliance.Tests.Hosting;

/// <summary>Waits for what tells nobody when it comes, and leaves the processor to those it comes from.</summary>
internal static class Until
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);

    public static async Task HoldsAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}
