namespace Appliance.Rewards;

/// <summary>Has the <see cref="Bookkeeper"/> work from when the box listens on: keys, log and books take a third of a start to open, and nobody who plays
/// waits for them. Who asks for them meanwhile has them opened, and waits for that.</summary>
internal sealed class BookkeeperStart(IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration started = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        using CancellationTokenRegistration stopped = stoppingToken.Register(() => listening.TrySetCanceled(stoppingToken));
        await listening.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!listening.Task.IsCompletedSuccessfully)
        {
            return;
        }

        Bookkeeper bookkeeper = services.GetRequiredService<Bookkeeper>();
        await bookkeeper.StartAsync(stoppingToken);
        try
        {
            await bookkeeper.ExecuteTask!;
        }
        finally
        {
            await bookkeeper.StopAsync(CancellationToken.None);
        }
    }
}
