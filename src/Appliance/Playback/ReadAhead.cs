namespace Appliance.Playback;

/// <summary>Makes the next segments of what is being played, within a bound. Only a segment that went out whole starts
/// any: a client that goes away has said that it wants something else.</summary>
internal sealed class ReadAhead(SegmentCache cache, CacheLimits limits)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Flight> _ahead = new();

    /// <param name="next">The artifacts that follow, nearest first.</param>
    public void Schedule(IReadOnlyList<Artifact> next)
    {
        foreach (Artifact artifact in next)
        {
            Flight? oldest = null;
            lock (_gate)
            {
                if (cache.TryPrepare(artifact) is not { } flight)
                {
                    continue;
                }

                Prune();
                _ahead.AddLast(flight);
                if (_ahead.Count > limits.ReadAhead)
                {
                    oldest = _ahead.First!.Value;
                    _ahead.RemoveFirst();
                }
            }

            if (oldest is not null)
            {
                cache.Abandon(oldest);
            }
        }
    }

    private void Prune()
    {
        for (LinkedListNode<Flight>? node = _ahead.First; node is not null;)
        {
            LinkedListNode<Flight>? following = node.Next;
            if (!node.Value.HeldAhead)
            {
                _ahead.Remove(node);
            }

            node = following;
        }
    }
}
