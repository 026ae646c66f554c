namespace Appliance.Sources.Remote;

/// <summary>Sees which readers go forward, and how far ahead of them to fetch: twice as far with every step. Several read one film at once, each in its own place. Not for two
/// threads at once.</summary>
internal sealed class ReadAhead
{
    private const int Readers = 8;

    private readonly LinkedList<(long Next, int Window)> readers = new();

    /// <param name="block">That is read now.</param>
    /// <param name="longest">How far ahead at most, in blocks.</param>
    /// <returns>How many blocks behind it to fetch; none for a reader who jumped.</returns>
    public int Note(long block, int longest)
    {
        for (var node = readers.First; node is not null; node = node.Next)
        {
            if (node.Value.Next == block || node.Value.Next == block + 1)
            {
                bool isStep = node.Value.Next == block;
                int window = isStep ? Math.Min(Math.Max(1, node.Value.Window * 2), longest) : node.Value.Window;
                readers.Remove(node);
                readers.AddFirst((block + 1, window));
                return Math.Min(window, longest);
            }
        }

        readers.AddFirst((block + 1, 0));
        if (readers.Count > Readers)
        {
            readers.RemoveLast();
        }

        return 0;
    }
}
