namespace Appliance.Watching;

/// <summary>Writes down what is watched, at most every ten seconds, and at the end: a player tells often, and a disk of flash wears. A power cut costs the last ten seconds.</summary>
internal sealed class WatchingUpkeep(WatchingList list, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                list.Keep();
            }
        }
        catch (OperationCanceledException)
        {
            list.Keep();
        }
    }
}
