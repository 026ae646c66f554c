using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Quotes as the box made them, until they expire: a requester comes back with an id, and cannot bring a quote of his own.
/// In memory only; after a start the requester asks for a quote again. Any thread may use it.</summary>
/// <param name="capacity">Quotes that are kept, 1 or more; a further one puts out the one that expires first.</param>
/// <param name="time">The clock they expire by.</param>
public sealed class QuoteShelf(int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, Quote> _quotes = [];
    private readonly PriorityQueue<Hash256, long> _byExpiry = new();

    public void Put(Quote quote)
    {
        lock (_lock)
        {
            if (_quotes.TryAdd(quote.Id, quote))
            {
                _byExpiry.Enqueue(quote.Id, quote.ExpiresAt);
            }

            long now = Microseconds.Of(time.GetUtcNow());
            while (_byExpiry.TryPeek(out Hash256 first, out long expiry) && (expiry <= now || _quotes.Count > capacity))
            {
                _byExpiry.Dequeue();
                _quotes.Remove(first);
            }
        }
    }

    /// <summary>The quote of that id; null where there was none, or it has expired or was put out.</summary>
    public Quote? Find(Hash256 id)
    {
        lock (_lock)
        {
            return _quotes.TryGetValue(id, out Quote? quote) && quote.ExpiresAt > Microseconds.Of(time.GetUtcNow()) ? quote : null;
        }
    }
}
