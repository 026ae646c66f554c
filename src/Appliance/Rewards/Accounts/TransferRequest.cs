namespace Appliance.Rewards.Accounts;

/// <param name="Requester">Whose account.</param>
/// <param name="Amount">In the token's smallest unit, decimal digits.</param>
/// <param name="Reference">What shows it, as the hash of a transaction; may be empty.</param>
internal sealed record TransferRequest(string? Requester, string? Amount, string? Reference);
