namespace Appliance.Tests.Hosting;

/// <summary>Waits for what tells nobody when it comes, and leaves the processor to those it comes from.</summary>
internal static class Until
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);

    /// <summary>What is asked over HTTP, or of another program. Two minutes are more than it ever needs, on machines with other things to do too.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            await Task.Delay(10 * Between, patience.Token);
        }
    }

    public static async Task HoldsAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}
