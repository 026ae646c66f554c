namespace Appliance.Access.Sessions;

/// <summary>Somebody who signed in with the owner's password, as it is kept.</summary>
/// <param name="Hash">SHA-256 of the cookie's value, in hexadecimal.</param>
/// <param name="MadeAt">When he signed in.</param>
/// <param name="SeenAt">When he last asked for anything; kept to the hour.</param>
/// <param name="Address">From where he signed in.</param>
/// <param name="Agent">What his browser calls itself, cut off.</param>
internal sealed record Session(string Hash, DateTimeOffset MadeAt, DateTimeOffset SeenAt, string Address, string Agent)
{
    private const int IdDigits = 12;

    /// <summary>What it is called where it is shown.</summary>
    public string Id => Hash[..IdDigits];
}
