using Microsoft.Data.Sqlite;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Limits of <see cref="AccountBooks"/>, and who is at home.</summary>
public sealed record AccountBooksOptions
{
    /// <summary>Requests that may wait, 1 to 65,536; whoever brings one more waits for room.</summary>
    public int QueueLimit { get; init; } = 256;

    /// <summary>Orders made durable together by one commit, 1 to 1,024: one disk flush serves all that wait.</summary>
    public int BatchLimit { get; init; } = 64;

    /// <summary>Addresses whose work is the household's own: nothing is reserved for them.</summary>
    public IReadOnlySet<EthereumAddress> Household { get; init; } = new HashSet<EthereumAddress>();

    /// <summary>Makes a transaction durable. Tests have it fail, before it and after it.</summary>
    internal Action<SqliteTransaction> Commit { get; init; } = static transaction => transaction.Commit();

    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueLimit, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchLimit, 1024);
    }
}
