using System.Text.Json;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Access.Sessions;

namespace Appliance.Access;

/// <summary>Writes down once a minute, and at the end, what is only counted in between: wrong tries, and how sessions and keys are used.</summary>
internal sealed partial class AccessUpkeep(
    FailedTries failures, AuditTrail trail, SessionBook sessions, KeyShelf keys, KeyMeter meter, TimeProvider time, ILogger<AccessUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                Keep();
            }
        }
        catch (OperationCanceledException)
        {
            Keep();
        }
    }

    private void Keep()
    {
        try
        {
            foreach ((string address, string what, int count) in failures.Take())
            {
                trail.Write(new Caller.Stranger().Name, address, "wrong tries", $"{count} of {what}");
            }

            sessions.KeepUse();
            meter.Keep([.. keys.All.Select(key => key.Id)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            NotKept(logger, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was counted of access cannot be kept: {Reason}")]
    private static partial void NotKept(ILogger logger, string reason);
}
