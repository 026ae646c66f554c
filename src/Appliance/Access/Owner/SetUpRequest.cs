namespace Appliance.Access.Owner;

/// <param name="Code">As the console shows it.</param>
/// <param name="Password">The owner's from now on.</param>
internal sealed record SetUpRequest(string? Code, string? Password);
