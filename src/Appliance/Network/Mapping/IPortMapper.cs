namespace Appliance.Network.Mapping;

/// <summary>One language to ask one router in. One question at a time.</summary>
internal interface IPortMapper : IDisposable
{
    /// <summary>As people know it.</summary>
    string Language { get; }

    /// <summary>Makes a mapping, or the same one again for longer.</summary>
    /// <exception cref="RouterException">It was not made.</exception>
    Task<PortMapping> MapAsync(MappingWish wish, CancellationToken cancellationToken);

    /// <summary>A cheap look whether the router still knows of it.</summary>
    /// <returns>False where it has forgotten, or its address outside is another one.</returns>
    /// <exception cref="RouterException">It could not be asked.</exception>
    Task<bool> HoldsAsync(PortMapping mapping, CancellationToken cancellationToken);

    /// <summary>Ends it. Asks more quickly than otherwise: the box is about to stop.</summary>
    /// <returns>How long it still lasts, where it did not end at once; else null.</returns>
    /// <exception cref="RouterException">It may be there until its lease ends.</exception>
    Task<TimeSpan?> UnmapAsync(PortMapping mapping, CancellationToken cancellationToken);
}
