namespace Appliance.Access.Sessions;

/// <param name="Password">The owner's.</param>
internal sealed record SignInRequest(string? Password);
