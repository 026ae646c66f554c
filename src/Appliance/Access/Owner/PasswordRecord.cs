namespace Appliance.Access.Owner;

/// <summary>A password as it is kept: PBKDF2 with HMAC-SHA256 (RFC 8018, 5.2).</summary>
/// <param name="Iterations">Its cost when it was set.</param>
/// <param name="Salt">16 random bytes, in hexadecimal.</param>
/// <param name="Hash">32 bytes, in hexadecimal.</param>
/// <param name="SetAt">When.</param>
internal sealed record PasswordRecord(int Iterations, string Salt, string Hash, DateTimeOffset SetAt);
