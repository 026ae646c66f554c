namespace Appliance.Access.Keys;

/// <summary>A key as it is shown.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">From when on it holds no longer.</param>
/// <param name="RequestsAMinute">What it may ask.</param>
/// <param name="MediaSecondsADay">What it may ask for.</param>
/// <param name="Funds">Whom its orders are charged to.</param>
/// <param name="LastUsedAt">When it was last used; null for never.</param>
/// <param name="MediaSecondsToday">What it asked for today.</param>
/// <param name="Key">The key itself, in the answer that made it and never again.</param>
internal sealed record KeyResponse(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset MadeAt,
    DateTimeOffset? ExpiresAt,
    int? RequestsAMinute,
    long? MediaSecondsADay,
    string? Funds,
    DateTimeOffset? LastUsedAt,
    long MediaSecondsToday,
    string? Key)
{
    public static KeyResponse Of(ApiKey key, KeyUsed used, string? text = null) => new(
        key.Id, key.Name, key.Scopes, key.MadeAt, key.ExpiresAt, key.RequestsAMinute, key.MediaSecondsADay, key.Funds, used.LastAt, used.MediaMilliseconds / 1000, text);
}
