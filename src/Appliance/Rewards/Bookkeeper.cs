using Appliance.Jobs;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Log;
using Appliance.Rewards.Orders;
using global::Rewards.Accounts;
using global::Rewards.Entries;
using global::Rewards.Log;
using global::Rewards.Metering;
using global::Rewards.Receipts;

namespace Appliance.Rewards;

/// <summary>The one writer of receipts and log: gives every metered record its receipt, settles orders, and brings both into the log. Where it stops, by a
/// crash or a full disk, it goes on from there, since each of them tells how far it is.</summary>
internal sealed partial class Bookkeeper(
    WorkLedger ledger, WorkMetering metering, PublicLog log, BoxAccounts accounts, PaidOrders orders, OrderSettling settling, JobBoard board, TimeProvider time,
    ILogger<Bookkeeper> logger) : BackgroundService
{
    /// <summary>From a failure to the next try.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Time passes for orders too.</summary>
    private static readonly TimeSpan Rhythm = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim awoken = new(0, 1);
    private readonly SemaphoreSlim working = new(1, 1);

    public override void Dispose()
    {
        metering.Recorded -= Wake;
        accounts.Changed -= Wake;
        board.Ended -= Wake;
        awoken.Dispose();
        working.Dispose();
        base.Dispose();
    }

    /// <summary>Returns when all that was recorded and entered until now is in the log.</summary>
    /// <exception cref="Exception">Of ledger, books, receipts or log: one of them cannot be read or written.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!log.IsOpen || !accounts.IsOpen || accounts.IsStopped)
        {
            return;
        }

        // Whose a record is, and what is reserved for whom, jobs tell: those of earlier starts too.
        await board.Loaded.WaitAsync(cancellationToken);
        await working.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<Job> ended = settling.Ended();
            await ReceiptIssuing.CatchUpAsync(ledger, accounts.Receipts, accounts.Device, accounts.Settings.Domain, orders.WhoAsked, cancellationToken);
            await settling.SettleAsync(ended, cancellationToken);
            await WorkLog.CatchUpAsync(ledger, accounts.Receipts, log.Log, log.Salts, cancellationToken);
            await BookLog.CatchUpAsync(accounts.Books, log.Log, cancellationToken);
        }
        finally
        {
            working.Release();
            log.Tell();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metering.Recorded += Wake;
        accounts.Changed += Wake;
        board.Ended += Wake;
        bool hasFailed = false;
        while (accounts.IsOpen && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                hasFailed = false;
                accounts.Trouble = null;
                await awoken.WaitAsync(Rhythm, stoppingToken);
            }
            catch (Exception exception) when (exception is ObjectDisposedException || stoppingToken.IsCancellationRequested)
            {
                // The box ends; one that could not start is taken apart without a word to its services.
                return;
            }
            catch (Exception exception) when (exception is ContradictedLogException or ContradictedReceiptException)
            {
                accounts.Stop(exception.Message);
                log.Stop(exception.Message);
                Contradicts(logger, exception);
                return;
            }
            catch (Exception exception) when (exception is LogException or LedgerException or ReceiptException or AccountsException)
            {
                if (!hasFailed)
                {
                    NotWritten(logger, exception);
                }

                hasFailed = true;
                accounts.Trouble = exception.Message;
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake()
    {
        try
        {
            awoken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Receipts, books and log could not be written (told once until they can be again)")]
    private static partial void NotWritten(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ledger, receipts and log contradict each other: nothing more is written to them")]
    private static partial void Contradicts(ILogger logger, Exception exception);
}
