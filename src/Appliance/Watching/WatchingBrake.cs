using Appliance.Access;

namespace Appliance.Watching;

/// <summary>How often it may be told what is watched: of all players together so many at once, and then ten a second.</summary>
internal sealed class WatchingBrake(TimeProvider time)
{
    public const int AtOnce = 200;

    private readonly TokenBucket bucket = new(AtOnce, TimeSpan.FromMilliseconds(100), time);

    public bool TryPass() => bucket.TryTake(out _);
}
