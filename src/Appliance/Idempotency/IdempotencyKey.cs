using Appliance.Reference;

namespace Appliance.Idempotency;

/// <summary>The header by which a request that was sent twice is done once (draft-ietf-httpapi-idempotency-key-header).</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int Longest = 128;

    /// <summary>What is said where another request has the key.</summary>
    public const string Contradiction = "This Idempotency-Key was given with another request.";

    public static readonly string Mistake = $"Idempotency-Key must be 1 to {Longest} printable characters, once.";

    public static Asked Asked { get; } = Asked.Header(Header, "Sent twice with the same key and body, it is done once and answered the same.") with { Pattern = $"^[ -~]{{1,{Longest}}}$" };

    /// <summary>Whether it is given as it should be, or not at all.</summary>
    /// <param name="request">Which may have it.</param>
    /// <param name="key">Null where none is given.</param>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var given))
        {
            return true;
        }

        key = given is [{ Length: > 0 and <= Longest } one] && one.All(c => c is >= ' ' and <= '~') ? one : null;
        return key is not null;
    }
}
