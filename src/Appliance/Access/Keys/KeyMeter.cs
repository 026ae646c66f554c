using System.Text.Json;
using Appliance.Problems;

namespace Appliance.Access.Keys;

/// <summary>How keys are used, against what they may: requests by a bucket, and media by the day. Kept every minute and at the end; what a crash forgets
/// is a minute's use.</summary>
internal sealed partial class KeyMeter
{
    private readonly Lock gate = new();
    private readonly KeptFile file;
    private readonly TimeProvider time;
    private readonly Dictionary<string, KeyUsed> used;
    private readonly Dictionary<string, (int Rate, TokenBucket Bucket)> buckets = [];
    private bool isChanged;

    /// <summary>What cannot be read is no use until now.</summary>
    public KeyMeter(AccessFolder folder, TimeProvider time, ILogger<KeyMeter> logger)
    {
        file = folder.KeyUse;
        this.time = time;
        try
        {
            used = file.Read() is { } kept ? JsonSerializer.Deserialize(kept, AccessJson.Default.DictionaryStringKeyUsed) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            used = [];
            NotRead(logger, file.Path, exception.Message);
        }
    }

    /// <summary>Counts a request.</summary>
    /// <exception cref="RequestRefusedException">429: there were too many.</exception>
    public void Count(ApiKey key)
    {
        lock (gate)
        {
            used[key.Id] = Today(key.Id) with { LastAt = time.GetUtcNow() };
            isChanged = true;
            if (key.RequestsAMinute is not { } rate)
            {
                return;
            }

            if (!buckets.TryGetValue(key.Id, out (int Rate, TokenBucket Bucket) limit) || limit.Rate != rate)
            {
                buckets[key.Id] = limit = (rate, new(rate, TimeSpan.FromMinutes(1) / rate, time));
            }

            if (!limit.Bucket.TryTake(out TimeSpan wait))
            {
                throw new RequestRefusedException(
                    StatusCodes.Status429TooManyRequests, $"This key may ask {rate} times a minute.", (int)Math.Ceiling(wait.TotalSeconds));
            }
        }
    }

    /// <summary>Counts media that is asked for, by whoever has a key; of others nothing is counted.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="milliseconds">Of media, for each rendition.</param>
    /// <exception cref="RequestRefusedException">429: it is more than his day has left.</exception>
    public void Spend(Caller caller, long milliseconds)
    {
        if (caller is not Caller.App { Key: { MediaSecondsADay: { } limit } key })
        {
            return;
        }

        lock (gate)
        {
            KeyUsed today = Today(key.Id);
            if (today.MediaMilliseconds + milliseconds > limit * 1000)
            {
                DateTime now = time.GetUtcNow().UtcDateTime;
                throw new RequestRefusedException(
                    StatusCodes.Status429TooManyRequests,
                    $"This key may ask for {limit} seconds of media a day; the next day begins at midnight UTC.",
                    (int)Math.Ceiling((now.Date.AddDays(1) - now).TotalSeconds));
            }

            used[key.Id] = today with { MediaMilliseconds = today.MediaMilliseconds + milliseconds };
            isChanged = true;
        }
    }

    /// <summary>How a key was used today.</summary>
    public KeyUsed Of(string id)
    {
        lock (gate)
        {
            return Today(id);
        }
    }

    /// <summary>Keeps it, where it changed.</summary>
    /// <param name="ids">The keys there are; of others nothing is kept.</param>
    /// <exception cref="IOException">It cannot be kept; it is tried again.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Keep(IReadOnlyCollection<string> ids)
    {
        lock (gate)
        {
            if (!isChanged)
            {
                return;
            }

            foreach (string gone in used.Keys.Except(ids).ToArray())
            {
                used.Remove(gone);
                buckets.Remove(gone);
            }

            file.Write(JsonSerializer.SerializeToUtf8Bytes(used, AccessJson.Default.DictionaryStringKeyUsed));
            isChanged = false;
        }
    }

    private KeyUsed Today(string id)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return used.GetValueOrDefault(id) is { } known
            ? known.Day == today ? known : known with { Day = today, MediaMilliseconds = 0 }
            : new(null, today, 0);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read, so keys count as unused: {Reason}")]
    private static partial void NotRead(ILogger logger, string path, string reason);
}
