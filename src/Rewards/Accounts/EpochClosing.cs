using Rewards.Claims;
using Rewards.Log;

namespace Rewards.Accounts;

/// <summary>Closes an epoch: a function of the log's first entries alone, so that closing twice gives one root, and anybody who has
/// the log closes to the same.</summary>
public static class EpochClosing
{
    /// <summary>By the books, over what of them stands in the log before its checkpoint's size.</summary>
    /// <param name="books">Brought into the log by <see cref="BookLog.CatchUpAsync"/>.</param>
    /// <param name="epoch">1 or more.</param>
    /// <param name="checkpoint">Of the log.</param>
    /// <param name="cancellationToken">Ends the wait for the books.</param>
    /// <returns>What is published, and the tree that claims are proved by; null where nobody has earned anything.</returns>
    public static async Task<(EpochRecord Record, ClaimTree Tree)?> CloseAsync(
        AccountBooks books, long epoch, Checkpoint checkpoint, CancellationToken cancellationToken = default) =>
        Close(await books.EarningsByAccountAsync(checkpoint.Size, cancellationToken).ConfigureAwait(false), epoch, checkpoint);

    /// <summary>By what each box earned.</summary>
    public static (EpochRecord Record, ClaimTree Tree)? Close(IReadOnlyList<Claim> earnings, long epoch, Checkpoint checkpoint)
    {
        if (earnings.Count == 0)
        {
            return null;
        }

        ClaimTree tree = ClaimTree.Of([.. earnings]);
        return (new(epoch, tree.Root, checkpoint.Root, checkpoint.Size), tree);
    }

    /// <summary>What each box earned by a log's entries, without the books.</summary>
    /// <param name="entries">From the first on.</param>
    /// <exception cref="FormatException">An entry of the books is none, or is missing before another, or there are two of a number, or
    /// somebody earned more than 2^128 − 1.</exception>
    public static IReadOnlyList<Claim> Earnings(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        SortedDictionary<Signing.EthereumAddress, UInt128> sums = [];
        foreach ((_, IReadOnlyList<Claim> earnings) in BookLog.InOrder(entries))
        {
            foreach (Claim earned in earnings)
            {
                UInt128 before = sums.GetValueOrDefault(earned.Account);
                sums[earned.Account] = before <= UInt128.MaxValue - earned.Cumulative
                    ? before + earned.Cumulative
                    : throw new FormatException($"The earnings of {earned.Account} pass what can be claimed.");
            }
        }

        return [.. sums.Select(pair => new Claim(pair.Key, pair.Value))];
    }
}
