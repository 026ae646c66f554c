using Rewards.Claims;
using Rewards.Durability;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Who paid in, what is reserved, who earned what: double entry in whole numbers, durably, in one order. Any thread may call
/// it; one thread of its own owns the file.</summary>
/// <remarks>Every order has a key of its caller's. When its task completes, the answer is on disk; a caller that saw no completion
/// brings the same order with the same key again, and gets the same answer without anything moving twice. What is refused leaves
/// no trace.</remarks>
public sealed class AccountBooks : IAsyncDisposable
{
    /// <summary>The most entries one read gives.</summary>
    public const int ReadLimit = 1000;

    private readonly DatabaseThread<BookTable> _thread;
    private readonly AccountBooksOptions _options;
    private readonly TimeProvider _time;

    private AccountBooks(DatabaseThread<BookTable> thread, AccountBooksOptions options, TimeProvider time)
    {
        _thread = thread;
        _options = options;
        _time = time;
    }

    /// <summary>Opens the books at <paramref name="path"/>, or makes new ones where there is no file. Every entry is worked out anew;
    /// what does not add up is refused and left as it is.</summary>
    /// <param name="path">The file; its folder must exist. Beside it lie <c>.lock</c>, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="options">Limits, and who is at home.</param>
    /// <param name="time">The clock that entries are stamped with and quotes expire by.</param>
    /// <exception cref="AccountsException">The books are in use, damaged, of another version, or something else.</exception>
    public static AccountBooks Open(string path, AccountBooksOptions options, TimeProvider time)
    {
        options.Validate();
        return new(
            DatabaseThread<BookTable>.Open(
                path,
                AccountsSchema.Form,
                static connection => new(connection),
                table => BookVerification.Require(table, path),
                options.QueueLimit,
                options.BatchLimit,
                options.Commit),
            options,
            time);
    }

    /// <summary>Enters an order.</summary>
    /// <param name="key">The caller's name for it, 1 to 128 printable ASCII characters without quote and backslash.</param>
    /// <param name="order">What is to be entered; its lists are not changed until it is answered.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is entered all the same.</param>
    /// <exception cref="ArgumentException">The key or a field is outside its range.</exception>
    /// <exception cref="AccountsException">It could not be written, as far as is known: bring it again with the same key.</exception>
    public Task<BookAnswer> EnterAsync(string key, BookOrder order, CancellationToken cancellationToken = default)
    {
        PlainText.RequireKey(key);
        return order.Fault() is { } fault
            ? throw new ArgumentException(fault, nameof(order))
            : _thread.AskAsync(new BookRequest(key, order, _options, _time), cancellationToken);
    }

    /// <summary>How a requester stands; all 0 where he is not known.</summary>
    public Task<RequesterStanding> StandingAsync(EthereumAddress requester, CancellationToken cancellationToken = default) =>
        QueryAsync(table => new BookStatements(table).Standing(requester), cancellationToken);

    /// <summary>The postings of the next entries that touch somebody's accounts, in order.</summary>
    /// <param name="owner">A requester, or a box.</param>
    /// <param name="afterEntry">0 to begin with the first.</param>
    /// <param name="limit">Entries, 1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<StatementLine>> StatementAsync(
        EthereumAddress owner, long afterEntry, int limit, CancellationToken cancellationToken = default)
    {
        RequireRange(afterEntry, limit);
        return QueryAsync(table => new BookStatements(table).Lines(owner, afterEntry, limit), cancellationToken);
    }

    /// <summary>The entries that follow number <paramref name="afterEntry"/>, in order: what an export holds, and the log is told.</summary>
    /// <param name="afterEntry">0 to begin with the first.</param>
    /// <param name="limit">1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<BookEntry>> ReadAsync(long afterEntry, int limit, CancellationToken cancellationToken = default)
    {
        RequireRange(afterEntry, limit);
        return QueryAsync(table => table.Read(afterEntry, limit), cancellationToken);
    }

    /// <summary>The sum of all balances of each kind. All of them together are 0.</summary>
    public Task<IReadOnlyDictionary<AccountKind, Int128>> TotalsAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(table => new BookStatements(table).Totals(), cancellationToken);

    /// <summary>What was earned, by day of UTC, box and requester, in this order. A month is the sum of its days.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<DayEarnings>> EarningsAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        QueryAsync(table => new BookStatements(table).Earnings(from, to), cancellationToken);

    /// <summary>Reservations that were neither settled nor released, in order: at a start, those whose work nobody is doing any more.</summary>
    public Task<IReadOnlyList<Reservation>> OpenReservationsAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(table => table.OpenReservations(), cancellationToken);

    /// <summary>What each box earned from the beginning on, by the entries that stand in the log before <paramref name="logSize"/>, in
    /// the order of addresses: the input of <see cref="ClaimTree"/>.</summary>
    public Task<IReadOnlyList<Claim>> EarningsByAccountAsync(long logSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logSize);
        return QueryAsync(table => new BookStatements(table).EarningsByAccount(logSize), cancellationToken);
    }

    /// <summary>The last entry that has its place in the log, and that place; 0 and −1 where none has.</summary>
    public Task<(long Entry, long Index)> LastLoggedAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(LoggedPlaces.Last, cancellationToken);

    /// <summary>Notes where an entry stands in the log; entries stand there in their order.</summary>
    /// <param name="entry">The one after the last that was noted, or one that was noted with the same place.</param>
    /// <param name="logIndex">Of the log's entry.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    /// <exception cref="ArgumentException">It is another entry's turn, or it stands elsewhere.</exception>
    /// <exception cref="AccountsException">It could not be written, as far as is known.</exception>
    public async Task MarkLoggedAsync(long entry, long logIndex, CancellationToken cancellationToken = default)
    {
        string? fault = await QueryAsync(table => LoggedPlaces.Mark(table, entry, logIndex, table.Last().Sequence), cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            throw new ArgumentException(fault, nameof(logIndex));
        }
    }

    /// <summary>Writes what is queued, then closes the file.</summary>
    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private static void RequireRange(long after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ReadLimit);
    }

    private Task<T> QueryAsync<T>(Func<BookTable, T> query, CancellationToken cancellationToken) =>
        _thread.AskAsync(new DatabaseQuery<BookTable, T>(query), cancellationToken);
}
