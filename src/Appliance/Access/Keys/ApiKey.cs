using System.Text.Json.Serialization;

namespace Appliance.Access.Keys;

/// <summary>A key of an app, as it is kept.</summary>
/// <param name="Id">What it is called: 8 digits and letters, and the beginning of the key itself.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Hash">SHA-256 of the whole key, in hexadecimal. A slow hash would add nothing, since there is nothing to guess.</param>
/// <param name="Scopes">What it may, by name.</param>
/// <param name="MadeAt">When.</param>
internal sealed record ApiKey(string Id, string Name, string Hash, IReadOnlyList<string> Scopes, DateTimeOffset MadeAt)
{
    /// <summary>From when on it holds no longer; null where it does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Requests a minute; as many at once. Null where nothing limits them.</summary>
    public int? RequestsAMinute { get; init; }

    /// <summary>Seconds of media it may ask for in a day of UTC. Null where nothing limits them.</summary>
    public long? MediaSecondsADay { get; init; }

    /// <summary>The requester's address that its orders are charged to; null where they may be any's.</summary>
    public string? Funds { get; init; }

    /// <summary>What <see cref="Scopes"/> come to; nothing where one of them is of another version.</summary>
    [JsonIgnore]
    public Scope Scope => Access.Scopes.Parse(Scopes) ?? Scope.None;

    public bool HoldsAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}
