using Appliance.Jobs;
using Appliance.Rewards.Accounts;
using global::Rewards.Accounts;
using global::Rewards.Metering;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Orders;

/// <summary>Settles orders whose work has ended, by what was delivered and countersigned, and gives back what nobody works for any more.</summary>
/// <remarks>Everything is derived from jobs, ledger, receipts and books, which all are on disk: after a crash it is done again, by the same keys,
/// and moves nothing twice.</remarks>
internal sealed partial class OrderSettling(
    BoxAccounts accounts, WorkLedger ledger, JobBoard board, PaidOrders orders, TimeProvider time, ILogger<OrderSettling> logger)
{
    /// <summary>From the end of an order's work to its settling by what was countersigned until then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>From the end of an order's work to the removal of what it made, so that orders never fill the box.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>Orders whose work has ended: taken before receipts are issued, so that every receipt of theirs is there when they are settled.</summary>
    public IReadOnlyList<Job> Ended() => [.. board.All.Where(job => job.Record is { End: not null, Payment.Charged: null })];

    /// <param name="ended">As <see cref="Ended"/> said before the last receipts were issued.</param>
    /// <param name="cancellationToken">Ends it between orders.</param>
    /// <exception cref="AccountsException">The books cannot be read or written, as far as is known.</exception>
    /// <exception cref="ReceiptException">The receipts cannot be read.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public async Task SettleAsync(IReadOnlyList<Job> ended, CancellationToken cancellationToken)
    {
        foreach (Job job in ended)
        {
            await SettleAsync(job, cancellationToken);
        }

        await orders.QuietlyAsync(() => GiveBackAsync(cancellationToken), cancellationToken);
        foreach (Job job in board.All.Where(job => job.Record is { Payment.Charged: not null, End: { } end } && end.At + Kept < time.GetUtcNow()))
        {
            await RemoveAsync(job);
        }
    }

    private async Task SettleAsync(Job job, CancellationToken cancellationToken)
    {
        JobPayment payment = job.Record.Payment!;
        (List<Delivery> deliveries, bool isWaiting) = await DeliveriesAsync(job.Record, cancellationToken);
        if (isWaiting && time.GetUtcNow() < job.Record.End!.At + Grace)
        {
            return;
        }

        string reservation = PaidOrders.ReservationKey(payment.Quote);
        BookOrder order = deliveries.Count > 0 ? new SettleOrder(deliveries, reservation) : new ReleaseOrder("Nothing was delivered.", reservation);
        BookAnswer answer = await accounts.Books.EnterAsync($"settle:{payment.Quote}", order, cancellationToken);

        // Where another order stands under the key, it was entered before, and its answer was lost.
        Int128 charged = answer.Entry is { } entry ? Paid(entry) : 0;
        Charge(job, Amounts.Text(charged));
    }

    /// <summary>What was owed before and is paid with it moves from one to the other, and so is not in it.</summary>
    private static Int128 Paid(BookEntry entry)
    {
        Int128 paid = 0;
        foreach (Posting posting in entry.Postings.Where(posting => posting.Account.Kind is AccountKind.Earnings or AccountKind.Owed))
        {
            paid += posting.Amount;
        }

        return paid;
    }

    /// <summary>What of an order was delivered and may be charged, and whether its requester still owes signatures.</summary>
    /// <remarks>What was not made for him is from the cache: the household's, another's, and what was made ahead of a player, of which nobody here
    /// knows whether he saw it.</remarks>
    private async Task<(List<Delivery> Deliveries, bool IsWaiting)> DeliveriesAsync(JobRecord job, CancellationToken cancellationToken)
    {
        List<Delivery> deliveries = [];
        bool isWaiting = false;
        Hash256 quote = Hash256.Parse(job.Payment!.Quote);
        string engine = job.Sheet.Engine.ToString();
        foreach (string recipe in job.Sheet.Renditions.Select(rendition => rendition.RecipeId).Distinct())
        {
            for (int index = 0; index < job.Payment.Segments; index++)
            {
                if (await ledger.FindAsync(job.Sheet.Fingerprint, recipe, index, engine, cancellationToken) is not { } record
                    || await accounts.Receipts.FindAsync(record.Sequence, cancellationToken) is not { } signed)
                {
                    continue;
                }

                bool isHis = signed.Receipt.JobId == quote;
                if (isHis && signed.RequesterSignature is null)
                {
                    isWaiting = true;
                    continue;
                }

                deliveries.Add(Delivery.Of(record, isHis ? DeliveryKind.Made : DeliveryKind.FromCache));
            }
        }

        return (deliveries, isWaiting);
    }

    /// <summary>Reservations whose job was deleted, or never written down.</summary>
    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        HashSet<string> held = [.. board.All.Where(job => job.Record.Payment is not null).Select(job => PaidOrders.ReservationKey(job.Record.Payment!.Quote))];
        foreach (Reservation reservation in await accounts.Books.OpenReservationsAsync(cancellationToken))
        {
            if (!held.Contains(reservation.Key))
            {
                await accounts.Books.EnterAsync($"release:{reservation.Quote.Id}", new ReleaseOrder("There is no job for it.", reservation.Key), cancellationToken);
                GivenBack(logger, reservation.Key);
            }
        }
    }

    private void Charge(Job job, string charged)
    {
        try
        {
            board.Charge(job, charged);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The books have it: the next round asks them again.
            NotWritten(logger, job.Id, exception.Message);
        }
    }

    private async Task RemoveAsync(Job job)
    {
        try
        {
            await board.DeleteAsync(job);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotWritten(logger, job.Id, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What was reserved as {Key} was given back: there is no job for it")]
    private static partial void GivenBack(ILogger logger, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The order's job {Job} could not be changed: {Reason}")]
    private static partial void NotWritten(ILogger logger, string job, string reason);
}
