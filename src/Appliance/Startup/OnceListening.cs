namespace Appliance.Startup;

/// <summary>Has a service made, and work, from when the box listens on: keys, log and books take a third of a start to open, and nobody who plays waits for them. Who asks
/// for them meanwhile has them opened, and waits for that.</summary>
internal sealed class OnceListening<TService>(IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
    where TService : BackgroundService
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

        TService service = services.GetRequiredService<TService>();
        await service.StartAsync(stoppingToken);
        try
        {
            await service.ExecuteTask!;
        }
        finally
        {
            await service.StopAsync(CancellationToken.None);
        }
    }
}
