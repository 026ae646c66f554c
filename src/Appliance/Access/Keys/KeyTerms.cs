using global::Rewards.Signing;

namespace Appliance.Access.Keys;

/// <summary>What a key shall be, as it is asked for: over HTTP, or on the command line.</summary>
/// <param name="Name">1 to 64 printable characters.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="ExpiresAt">In the future.</param>
/// <param name="RequestsAMinute">1 to 1,000,000.</param>
/// <param name="MediaSecondsADay">1 to 1,000,000,000.</param>
/// <param name="Funds">An address: 0x and 40 hexadecimal digits.</param>
internal sealed record KeyTerms(
    string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt = null, int? RequestsAMinute = null, long? MediaSecondsADay = null, string? Funds = null)
{
    private const int LongestName = 64;
    private const int MostRequests = 1_000_000;
    private const long MostSeconds = 1_000_000_000;

    /// <returns>What is wrong with it, for a person; null where nothing is.</returns>
    public string? Complaint(DateTimeOffset now) =>
        Name is not { Length: > 0 and <= LongestName } || Name.Any(char.IsControl) ? $"A key's name has 1 to {LongestName} printable characters."
        : Access.Scopes.Parse(Scopes) is not { } scope ? $"A key has one or more of the scopes {Access.Scopes.Names}."
        : ExpiresAt <= now ? "A key must end in the future."
        : RequestsAMinute is < 1 or > MostRequests ? $"Requests a minute are 1 to {MostRequests}."
        : MediaSecondsADay is < 1 or > MostSeconds ? $"Seconds of media a day are 1 to {MostSeconds}."
        : Funds is null ? null
        : !scope.Grants(Scope.Orders) ? "Only a key with the scope orders has funds."
        : !EthereumAddress.TryParse(Funds, out EthereumAddress address) || address == EthereumAddress.Zero ? "Funds are the address of who pays: 0x and 40 hexadecimal digits, in one case or with its checksum."
        : null;
}
