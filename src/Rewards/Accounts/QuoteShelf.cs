using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Quotes as the box made them, until they expire: a requester comes back with an id, and cannot bring a quote of his own.
/// In memory only; after a start the requester asks for a quote again. Any thread may use it.</summary>
/// <typeparam name="T">What the host keeps beside a quote: what it was asked for.</typeparam>
/// <param name="capacity">Quotes that are kept, 1 or more; a further one puts out the one that expires first.</param>
/// <param name="time">The clock they expire by.</param>
public sealed class QuoteShelf<T>(int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, (Quote Quote, T Terms)> _quotes = [];
    private readonly PriorityQueue<Hash256, long> _byExpiry = new();

    /// <param name="quote">As it was made.</param>
    /// <param name="terms">What it was asked for.</param>
    public void Put(Quote quote, T terms)
    {
        lock (_lock)
        {
            if (_quotes.TryAdd(quote.Id, (quote, terms)))
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
    public (Quote Quote, T Terms)? Find(Hash256 id)
    {
        lock (_lock)
        {
            return _quotes.TryGetValue(id, out (Quote Quote, T Terms) kept) && kept.Quote.ExpiresAt > Microseconds.Of(time.GetUtcNow()) ? kept : null;
        }
    }
}
