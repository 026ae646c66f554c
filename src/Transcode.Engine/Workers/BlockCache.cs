namespace Transcode.Engine.Workers;

/// <summary>The most recently used blocks of one source.</summary>
/// <param name="capacity">In blocks, at least 1.</param>
internal sealed class BlockCache(int capacity)
{
    private readonly Dictionary<long, LinkedListNode<(long Number, byte[] Bytes)>> blocks = new(capacity);
    private readonly LinkedList<(long Number, byte[] Bytes)> byUse = new();

    public bool Contains(long number) => blocks.ContainsKey(number);

    /// <summary>The block, now the most recently used; null where it is not held.</summary>
    public byte[]? Get(long number)
    {
        if (!blocks.TryGetValue(number, out var node))
        {
            return null;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value.Bytes;
    }

    /// <summary>Keeps a block; the least recently used one gives way.</summary>
    public void Add(long number, byte[] bytes)
    {
        if (blocks.Remove(number, out var held))
        {
            byUse.Remove(held);
        }
        else if (blocks.Count == capacity)
        {
            blocks.Remove(byUse.Last!.Value.Number);
            byUse.RemoveLast();
        }

        blocks[number] = byUse.AddFirst((number, bytes));
    }

    public void Clear()
    {
        blocks.Clear();
        byUse.Clear();
    }
}
