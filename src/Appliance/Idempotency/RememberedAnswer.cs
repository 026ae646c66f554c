using Microsoft.Extensions.Primitives;

namespace Appliance.Idempotency;

/// <summary>What was answered to a request that may come again.</summary>
/// <param name="Request">SHA-256 of what was asked.</param>
/// <param name="At">When.</param>
internal sealed record RememberedAnswer(string Request, DateTimeOffset At)
{
    /// <summary>200 to 299; 0 while it is being worked out.</summary>
    public int Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }
}
