namespace Appliance.Network.Reach;

/// <summary>The way from outside, for one family of addresses.</summary>
/// <param name="Family"><c>IPv4</c> or <c>IPv6</c>.</param>
/// <param name="Standing">For programs.</param>
/// <param name="Says">For people.</param>
/// <param name="ToDo">What the owner can do about it; null where there is nothing to do.</param>
internal sealed record ReachState(string Family, ReachStanding Standing, string Says, string? ToDo)
{
    /// <summary>Who is asked.</summary>
    public string? Router { get; init; }

    /// <summary>In which language it does as asked.</summary>
    public string? Language { get; init; }

    /// <summary>The box's own address and port.</summary>
    public string? Inside { get; init; }

    /// <summary>Where others come in, as far as the router knows.</summary>
    public string? Outside { get; init; }

    /// <summary>The port outside that was asked for.</summary>
    public int? AskedPort { get; init; }

    /// <summary>When the router lets nobody in any more, unless it is asked again, which is done long before; null also where its mappings do not end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How often it has been asked again and did it.</summary>
    public int Renewals { get; init; }

    /// <summary>How often it had forgotten, and was asked anew.</summary>
    public int Losses { get; init; }
}
