namespace Appliance.Access.Guessing;

/// <summary>One for each kind of secret: an app with a wrong key keeps no owner from signing in at the same address.</summary>
/// <param name="Passwords">Of the owner, and codes of the console.</param>
/// <param name="Keys">Of apps.</param>
internal sealed record GuessBrakes(GuessBrake Passwords, GuessBrake Keys);
