namespace Appliance.Access.Connections;

/// <summary>How many connections there are at once.</summary>
internal sealed record ConnectionLimits
{
    /// <summary>Of all together: a household's players have some dozens.</summary>
    public int All { get; init; } = 2048;

    /// <summary>Of all that are not at home together. The rest is the household's alone.</summary>
    public int Strangers { get; init; } = 1536;

    /// <summary>Of one address that is not at home: a provider may have put many homes behind it.</summary>
    public int OfOneStranger { get; init; } = 256;
}
