using global::Rewards.Entries;
using global::Rewards.Log;
using global::Rewards.Metering;

namespace Appliance.Rewards.Log;

/// <summary>Brings every metered record to the log, in the ledger's order: the record of number n is the entry at n − 1. Where it stops, by a crash or
/// a full disk, it goes on from there, since ledger and log both tell how far they are.</summary>
internal sealed partial class LogWriter(WorkLedger ledger, WorkMetering metering, PublicLog log, TimeProvider time, ILogger<LogWriter> logger) : BackgroundService
{
    /// <summary>Records that are read, and made durable under one checkpoint, at a time.</summary>
    private const int Batch = 256;

    /// <summary>From a failure to the next try.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim recorded = new(0, 1);

    public override void Dispose()
    {
        metering.Recorded -= Wake;
        recorded.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metering.Recorded += Wake;
        bool hasFailed = false;
        while (log.IsOpen && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await BringAsync(log.Log, log.Salts, stoppingToken))
                {
                    return;
                }

                hasFailed = false;
                await recorded.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is LogException or LedgerException or ObjectDisposedException)
            {
                if (!hasFailed)
                {
                    NotWritten(logger, exception);
                }

                hasFailed = true;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake()
    {
        try
        {
            recorded.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    /// <summary>Brings all that is not there, and the last that is there again: so a ledger that is another's, or older than the log, is found out.</summary>
    /// <returns>False where ledger and log tell different stories: that is for people to look at.</returns>
    private async Task<bool> BringAsync(TransparencyLog to, EntrySalts salts, CancellationToken cancellationToken)
    {
        while (true)
        {
            long last = Math.Max(0, to.Size - 1);
            IReadOnlyList<WorkRecord> records = await ledger.ReadAsync(last, Batch, cancellationToken);
            AppendedEntry[] appended = await Task.WhenAll(records.Select(record =>
                to.AppendAsync(WorkEntry.Of(record, salts.Of(record.Sequence)), record.Sequence - 1, cancellationToken)));
            long? contradicted = records.Count == 0 && to.Size > 0
                ? last
                : appended.FirstOrDefault(entry => entry.Outcome == AppendOutcome.Contradicted)?.Index;
            if (contradicted is { } index)
            {
                log.Stop($"Entry {index} of the log is not that of record {index + 1} of the ledger: one of them was restored from another day. Nothing is written to the log.");
                Contradicts(logger, index);
                return false;
            }

            if (records.Count < Batch)
            {
                return true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Records could not be brought to the log (told once until they can be again)")]
    private static partial void NotWritten(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The log and the ledger contradict each other at entry {Index}: nothing more is written to the log")]
    private static partial void Contradicts(ILogger logger, long index);
}
