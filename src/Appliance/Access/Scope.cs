namespace Appliance.Access;

/// <summary>What an endpoint wants, and what a caller may.</summary>
[Flags]
internal enum Scope
{
    /// <summary>What anybody may.</summary>
    None = 0,

    /// <summary>The list of what is served, and playing it.</summary>
    Play = 1,

    /// <summary>Playback addresses for others, which need no key until they end.</summary>
    Links = 2,

    /// <summary>Which files and folders are served.</summary>
    Library = 4,

    /// <summary>Work in bulk.</summary>
    Jobs = 8,

    /// <summary>Quotes, and orders by a requester's signature.</summary>
    Orders = 16,

    /// <summary>All of these, and everything else.</summary>
    Owner = 32,

    /// <summary>Figures over time, and what the box does now: for who watches over it, and may nothing.</summary>
    Figures = 64,
}
