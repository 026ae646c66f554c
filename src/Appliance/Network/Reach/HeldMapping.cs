using Appliance.Network.Mapping;

namespace Appliance.Network.Reach;

/// <summary>A mapping that is kept up.</summary>
/// <param name="mapper">In whose language it was made.</param>
/// <param name="path">To the router that has it.</param>
/// <param name="wish">What was asked for.</param>
/// <param name="mapping">What was had.</param>
/// <param name="now">When.</param>
internal sealed class HeldMapping(IPortMapper mapper, RouterPath path, MappingWish wish, PortMapping mapping, DateTimeOffset now) : IDisposable
{
    /// <summary>How often the router is looked at between renewals, so that a router that started anew is noticed before: one small question each time.</summary>
    private static readonly TimeSpan LongestBetweenLooks = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestBetween = TimeSpan.FromSeconds(2);

    private TimeSpan Lease => Mapping.Lease ?? wish.Lease;

    public IPortMapper Mapper => mapper;

    public RouterPath Path => path;

    public MappingWish Wish => wish;

    public PortMapping Mapping { get; private set; } = mapping;

    public int Renewals { get; private set; }

    /// <summary>When the router forgets it; null where it does not.</summary>
    public DateTimeOffset? Until { get; private set; } = mapping.Lease is { } lease ? now + lease : null;

    /// <summary>At half of the lease (RFC 6887, 11.2.1); where that fails, at half of what is left.</summary>
    public DateTimeOffset RenewAt { get; private set; } = now + ((mapping.Lease ?? wish.Lease) / 2);

    /// <summary>How long nothing has to be done.</summary>
    public TimeSpan Rest(DateTimeOffset now)
    {
        TimeSpan look = TimeSpan.FromTicks(Math.Min(LongestBetweenLooks.Ticks, (Lease / 4).Ticks));
        TimeSpan renew = RenewAt - now;
        TimeSpan least = renew < look ? renew : look;
        return least > ShortestBetween ? least : ShortestBetween;
    }

    public void Renewed(PortMapping again, DateTimeOffset now)
    {
        Mapping = again;
        Renewals++;
        Until = again.Lease is { } lease ? now + lease : null;
        RenewAt = now + (Lease / 2);
    }

    /// <returns>False where the lease is over.</returns>
    public bool MayTryAgain(DateTimeOffset now)
    {
        TimeSpan left = (Until ?? (now + Lease)) - now;
        RenewAt = now + (left / 2);
        return left > PortMapping.ShortestLease;
    }

    public void Dispose() => mapper.Dispose();
}
