using System.Diagnostics;

namespace Appliance.Tests.Hosting;

/// <summary>Waits for what tells nobody when it comes, and leaves the processor to those it comes from.</summary>
internal static class Until
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);

    /// <summary>What was not there after so long is not looked for as often.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    /// <summary>What is asked over HTTP, or of another program. Two minutes are more than it ever needs, on machines with other things to do too.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        long begun = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            await Task.Delay((Stopwatch.GetElapsedTime(begun) < Soon ? 10 : 50) * Between, patience.Token);
        }
    }

    public static async Task HoldsAsync(Func<bool> holds)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            await Task.Delay((Stopwatch.GetElapsedTime(begun) < Soon ? 1 : 5) * Between, TestContext.Current.CancellationToken);
        }
    }
}
