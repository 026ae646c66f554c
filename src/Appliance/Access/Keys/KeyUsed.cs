namespace Appliance.Access.Keys;

/// <summary>How a key was used, as it is kept.</summary>
/// <param name="LastAt">When last; null for never.</param>
/// <param name="Day">Of UTC.</param>
/// <param name="MediaMilliseconds">What was asked for on that day.</param>
internal sealed record KeyUsed(DateTimeOffset? LastAt, DateOnly Day, long MediaMilliseconds);
