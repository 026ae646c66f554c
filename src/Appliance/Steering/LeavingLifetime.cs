using System.Runtime.InteropServices;

namespace Appliance.Steering;

/// <summary>Stops the box at SIGINT, SIGQUIT and SIGTERM, as the framework's own lifetime does, but lets viewers who can play elsewhere be told first. A second signal stops it at once.</summary>
internal sealed partial class LeavingLifetime(IHostApplicationLifetime application, Departure departure, TimeProvider time, ILogger<LeavingLifetime> logger) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration[] signals = [];
    private int count;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Leave))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Array.ForEach(signals, signal => signal.Dispose());

    private void Leave(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref count) == 1 && departure.Begin() is var wait && wait > TimeSpan.Zero)
        {
            double seconds = Math.Ceiling(wait.TotalSeconds);
            Leaving(logger, seconds);
            _ = StopAsync(wait);
        }
        else
        {
            application.StopApplication();
        }
    }

    private async Task StopAsync(TimeSpan wait)
    {
        await Task.Delay(wait, time, application.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The box stops in {Seconds} s, when those who play have been led elsewhere; a second signal stops it at once")]
    private static partial void Leaving(ILogger logger, double seconds);
}
