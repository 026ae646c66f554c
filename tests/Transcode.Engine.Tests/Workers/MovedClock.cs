namespace Transcode.Engine.Tests.Workers;

/// <summary>The system's clock, with timers of its own, whose date can be put forward.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan moved;

    public void Move(TimeSpan by) => moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + moved;
}
