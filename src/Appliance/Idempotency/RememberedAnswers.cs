namespace Appliance.Idempotency;

/// <summary>Answers by who asked for what under which key. In memory: what must outlive a restart (jobs, the books' entries) keeps its keys itself.</summary>
internal sealed class RememberedAnswers(TimeProvider time)
{
    /// <summary>Whoever got no answer asks again within minutes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of them; the oldest gives way.</summary>
    public const int Limit = 1000;

    /// <summary>Of all bodies together; the oldest give way.</summary>
    public const int MostBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RememberedAnswer> _answers = [];
    private readonly Queue<(string Key, RememberedAnswer Answer)> _order = new();
    private long _bytes;

    /// <summary>Takes a key for a request, unless it is another's.</summary>
    /// <returns>What stands under the key: null where it is this request's now, which then must keep or leave it.</returns>
    public RememberedAnswer? Begin(string key, string request)
    {
        lock (_gate)
        {
            Forget();
            if (_answers.TryGetValue(key, out RememberedAnswer? known))
            {
                return known;
            }

            Put(key, new(request, time.GetUtcNow()));
            return null;
        }
    }

    /// <summary>Remembers what was answered.</summary>
    public void Keep(string key, RememberedAnswer answer)
    {
        lock (_gate)
        {
            Remove(key);
            Put(key, answer);
            Forget();
        }
    }

    /// <summary>Nothing was done: the key is free again.</summary>
    public void Leave(string key)
    {
        lock (_gate)
        {
            Remove(key);
        }
    }

    private void Put(string key, RememberedAnswer answer)
    {
        _answers[key] = answer;
        _order.Enqueue((key, answer));
        _bytes += answer.Body.Length;
    }

    private void Remove(string key)
    {
        if (_answers.Remove(key, out RememberedAnswer? answer))
        {
            _bytes -= answer.Body.Length;
        }
    }

    /// <summary>Entries of the queue that were replaced since go with the others in their turn.</summary>
    private void Forget()
    {
        DateTimeOffset now = time.GetUtcNow();
        while (_order.TryPeek(out (string Key, RememberedAnswer Answer) oldest) && (_answers.Count > Limit || _order.Count > 2 * Limit || _bytes > MostBytes || now - oldest.Answer.At >= Lifetime))
        {
            _order.Dequeue();
            if (_answers.TryGetValue(oldest.Key, out RememberedAnswer? standing) && ReferenceEquals(standing, oldest.Answer))
            {
                Remove(oldest.Key);
            }
        }
    }
}
