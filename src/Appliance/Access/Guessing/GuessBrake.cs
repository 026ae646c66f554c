using System.Buffers.Binary;
using System.Net;
using Appliance.Access.Audit;
using Appliance.Problems;

namespace Appliance.Access.Guessing;

/// <summary>Slows those who guess. Each address has so many wrong tries, and all strangers together so many more; after that each waits. A try is
/// counted before it is looked at, so that many at once are no way around it, and given back where it was right.</summary>
/// <remarks>What strangers use up together keeps nobody of the home network out: a guesser elsewhere must not lock the owner out.</remarks>
internal sealed class GuessBrake(FailedTries failures, TimeProvider time)
{
    /// <summary>Wrong tries of an address at once; then one a minute.</summary>
    public const int TriesOfAddress = 10;

    /// <summary>Wrong tries of all strangers at once; then six a minute.</summary>
    public const int TriesOfStrangers = 100;

    /// <summary>Addresses that are known at once. Those beyond share one more.</summary>
    public const int AddressLimit = 1024;

    private static readonly TimeSpan EachOfAddress = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EachOfStrangers = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<UInt128, TokenBucket> addresses = [];
    private readonly TokenBucket strangers = new(TriesOfStrangers, EachOfStrangers, time);
    private readonly TokenBucket others = new(TriesOfAddress, EachOfAddress, time);

    /// <summary>Counts a try.</summary>
    /// <exception cref="RequestRefusedException">429: there were too many wrong ones.</exception>
    public void Begin(HttpContext context)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        TokenBucket own = BucketOf(address);
        if (!own.TryTake(out TimeSpan wait))
        {
            throw TooMany(wait);
        }

        if (!HomeNetwork.Has(address) && !strangers.TryTake(out wait))
        {
            own.GiveBack();
            throw TooMany(wait);
        }
    }

    /// <summary>The try was right.</summary>
    public void Passed(HttpContext context)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        BucketOf(address).GiveBack();
        if (!HomeNetwork.Has(address))
        {
            strangers.GiveBack();
        }
    }

    /// <summary>The try was wrong.</summary>
    /// <param name="context">Whose.</param>
    /// <param name="what">What was tried.</param>
    public void Failed(HttpContext context, string what) => failures.Note(context.Connection.RemoteIpAddress?.ToString() ?? "", what);

    /// <summary>IPv4 by its address, IPv6 by the /64 that one subscriber has.</summary>
    private static UInt128 KeyOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        (address?.MapToIPv6() ?? IPAddress.IPv6None).TryWriteBytes(bytes, out _);
        UInt128 whole = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return address is { IsIPv4MappedToIPv6: false, AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ? whole >> 64 << 64 : whole;
    }

    private TokenBucket BucketOf(IPAddress? address)
    {
        UInt128 key = KeyOf(address);
        lock (gate)
        {
            if (addresses.TryGetValue(key, out TokenBucket? known))
            {
                return known;
            }

            if (addresses.Count == AddressLimit)
            {
                foreach (UInt128 full in addresses.Where(pair => pair.Value.IsFull).Select(pair => pair.Key).ToArray())
                {
                    addresses.Remove(full);
                }
            }

            return addresses.Count < AddressLimit ? addresses[key] = new(TriesOfAddress, EachOfAddress, time) : others;
        }
    }

    private static RequestRefusedException TooMany(TimeSpan wait) =>
        new(StatusCodes.Status429TooManyRequests, "There were too many wrong tries. Wait, and try again.", (int)Math.Ceiling(wait.TotalSeconds));
}
