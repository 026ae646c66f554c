namespace Appliance.Access.Owner;

/// <summary>Another password.</summary>
/// <param name="Password">As it is.</param>
/// <param name="NewPassword">As it shall be.</param>
internal sealed record PasswordRequest(string? Password, string? NewPassword);
