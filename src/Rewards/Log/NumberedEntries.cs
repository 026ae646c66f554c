using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Entries of one kind, numbered 1, 2, 3 …, among a log's others.</summary>
internal static class NumberedEntries
{
    /// <summary>Those of the kind, in order. One that stands there twice, because its first answer was lost, counts where it stands first.</summary>
    /// <param name="log">The log's entries, from the first on.</param>
    /// <param name="of">What they are, behind <c>entry n</c>, as <c>of the books</c>.</param>
    /// <param name="read">What an entry says, and its number; null where it is of another kind.</param>
    /// <exception cref="FormatException">One is none, or is missing before another, or there are two of a number.</exception>
    public static IEnumerable<T> InOrder<T>(
        IEnumerable<ReadOnlyMemory<byte>> log, string of, Func<ReadOnlyMemory<byte>, (long Number, T Entry)?> read)
    {
        List<Hash256> seen = [];
        foreach (ReadOnlyMemory<byte> text in log)
        {
            if (read(text) is not { } entry)
            {
                continue;
            }

            Hash256 leaf = MerkleHash.Leaf(text.Span);
            if (entry.Number == seen.Count + 1)
            {
                seen.Add(leaf);
                yield return entry.Entry;
            }
            else if (entry.Number < 1 || entry.Number > seen.Count)
            {
                throw new FormatException($"The log has entry {entry.Number} {of} after entry {seen.Count}.");
            }
            else if (seen[(int)entry.Number - 1] != leaf)
            {
                throw new FormatException($"The log has two different entries {entry.Number} {of}.");
            }
        }
    }
}
