using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Derives a whole log anew from its entries.</summary>
public static class LogAudit
{
    /// <summary>What first does not add up, for people; null where every hash, the last root and every root that witnesses saw do.</summary>
    /// <param name="log">As it is under its last checkpoint.</param>
    /// <param name="cancellationToken">Ends it between tiles.</param>
    public static string? Fault(TransparencyLog log, CancellationToken cancellationToken = default)
    {
        Checkpoint checkpoint = log.Checkpoint;
        Dictionary<long, Hash256> seen = log.CosignedNotes.Select(note => Checkpoint.Parse(note.Text))
            .Where(note => note.Size <= checkpoint.Size).ToDictionary(note => note.Size, note => note.Root);
        seen[checkpoint.Size] = checkpoint.Root;
        var tree = new MerkleFrontier();
        for (long tile = 0; tree.Size < checkpoint.Size; tile++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int width = (int)Math.Min(MerkleTiles.Width, checkpoint.Size - tree.Size);
            byte[] hashes = log.ReadTile(0, tile, width)!;
            List<ReadOnlyMemory<byte>> entries = LogFiles.Split(log.ReadEntries(tile, width));
            for (int i = 0; i < width; i++)
            {
                Hash256 leaf = MerkleHash.Leaf(entries[i].Span);
                if (leaf != new Hash256(hashes.AsSpan(i * Hash256.Length, Hash256.Length)))
                {
                    return $"Entry {tree.Size} is not what its hash says.";
                }

                tree.Add(leaf);
                if (seen.TryGetValue(tree.Size, out Hash256 root) && tree.Root() != root)
                {
                    return $"The entries up to size {tree.Size} do not give the root that was signed.";
                }
            }
        }

        return UpperFault(log, checkpoint.Size);
    }

    /// <summary>The levels above the leaves, each from the one below it.</summary>
    private static string? UpperFault(TransparencyLog log, long size)
    {
        for (int level = 1; level < LogFiles.Levels; level++)
        {
            for (long i = 0; i < LogFiles.HashCount(level, size); i++)
            {
                Hash256[] below = [.. log.ReadTile(level - 1, i, MerkleTiles.Width)!.Chunk(Hash256.Length).Select(hash => new Hash256(hash))];
                byte[] tile = log.ReadTile(level, i / MerkleTiles.Width, (int)(i % MerkleTiles.Width) + 1)!;
                if (MerkleHash.Perfect(below) != new Hash256(tile.AsSpan()[^Hash256.Length..]))
                {
                    return $"Hash {i} of level {level} is not that of the tile below it.";
                }
            }
        }

        return null;
    }
}
