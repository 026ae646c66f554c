using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Appliance.Access.Sessions;

/// <summary>Who is signed in. A session's id has 256 random bits and is kept as its hash; it survives a restart.</summary>
internal sealed partial class SessionBook
{
    /// <summary>Sessions at once; the one longest unused makes room.</summary>
    public const int Limit = 20;

    /// <summary>How long one lasts that nobody uses.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromDays(7);

    /// <summary>How long one lasts at most.</summary>
    public static readonly TimeSpan WholeLife = TimeSpan.FromDays(30);

    /// <summary>How old what is kept of the last use may be.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromHours(1);

    private const int IdBytes = 32;
    private const int LongestAgent = 120;

    private readonly Lock gate = new();
    private readonly KeptFile file;
    private readonly TimeProvider time;
    private readonly Dictionary<string, Session> sessions;
    private Dictionary<string, DateTimeOffset> keptSeen = [];

    /// <summary>What cannot be read is nobody signed in: whoever was signs in again.</summary>
    public SessionBook(AccessFolder folder, TimeProvider time, ILogger<SessionBook> logger)
    {
        file = folder.Sessions;
        this.time = time;
        sessions = [];
        try
        {
            SessionFile? kept = file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, AccessJson.Default.SessionFile) : null;
            foreach (Session session in (kept?.Sessions ?? []).Where(session => session is { Hash.Length: 2 * SHA256.HashSizeInBytes }).Take(Limit))
            {
                sessions[session.Hash] = session;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            NotRead(logger, file.Path, exception.Message);
        }

        keptSeen = sessions.ToDictionary(pair => pair.Key, pair => pair.Value.SeenAt);
    }

    /// <summary>Those that hold, the last used first.</summary>
    public IReadOnlyList<Session> All
    {
        get
        {
            lock (gate)
            {
                return [.. sessions.Values.Where(Holds).OrderByDescending(session => session.SeenAt).ThenBy(session => session.Hash, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The token that requests of a session must carry, which no other site can know: a hash of the secret id, and not that by which it is kept.</summary>
    public static string CsrfOf(string id) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(id), "csrf"u8));

    /// <returns>The secret id, for the cookie.</returns>
    /// <exception cref="IOException">It cannot be kept; there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public string Add(string address, string agent)
    {
        string id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        DateTimeOffset now = time.GetUtcNow();
        var session = new Session(HashOf(id), now, now, address, agent.Length > LongestAgent ? agent[..LongestAgent] : agent);
        lock (gate)
        {
            Keep([.. sessions.Values.Where(Holds).OrderByDescending(other => other.SeenAt).Take(Limit - 1), session]);
        }

        return id;
    }

    /// <summary>The session of a cookie's value, which is used by that; null where there is none, or it is over.</summary>
    public Session? Find(string id)
    {
        string hash = HashOf(id);
        lock (gate)
        {
            if (!sessions.TryGetValue(hash, out Session? session) || !Holds(session))
            {
                return null;
            }

            return sessions[hash] = session with { SeenAt = time.GetUtcNow() };
        }
    }

    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">That cannot be kept; it is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public bool Remove(string shortId)
    {
        lock (gate)
        {
            if (!sessions.Values.Any(session => session.Id == shortId))
            {
                return false;
            }

            Keep([.. sessions.Values.Where(session => session.Id != shortId)]);
            return true;
        }
    }

    /// <exception cref="IOException">That cannot be kept; they are there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void RemoveAll(Session? except = null)
    {
        lock (gate)
        {
            Keep([.. sessions.Values.Where(session => session.Hash == except?.Hash)]);
        }
    }

    /// <summary>Keeps when sessions were last used, where that is long out of date.</summary>
    /// <exception cref="IOException">It cannot be kept; what is kept is older.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void KeepUse()
    {
        lock (gate)
        {
            if (sessions.Values.Any(session => session.SeenAt - keptSeen.GetValueOrDefault(session.Hash) >= Resolution))
            {
                Keep([.. sessions.Values.Where(Holds)]);
            }
        }
    }

    private bool Holds(Session session)
    {
        DateTimeOffset now = time.GetUtcNow();
        return now - session.SeenAt < IdleLife && now - session.MadeAt < WholeLife;
    }

    private void Keep(Session[] holding)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(new SessionFile(holding), AccessJson.Default.SessionFile));
        sessions.Clear();
        foreach (Session session in holding)
        {
            sessions.Add(session.Hash, session);
        }

        keptSeen = holding.ToDictionary(session => session.Hash, session => session.SeenAt);
    }

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read, so nobody is signed in: {Reason}")]
    private static partial void NotRead(ILogger logger, string path, string reason);
}
