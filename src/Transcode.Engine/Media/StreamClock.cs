using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>Translates between one stream's ticks and the source's timeline, whose zero is the origin.</summary>
internal readonly struct StreamClock
{
    private readonly Rational timeBase;
    private readonly long originMicroseconds;

    /// <param name="timeBase">Seconds a tick.</param>
    /// <param name="originMicroseconds">The container's timestamp at the timeline's zero.</param>
    public StreamClock(AvRational timeBase, long originMicroseconds)
    {
        this.timeBase = timeBase.IsKnown ? new(timeBase.Num, timeBase.Den) : new(1, AvUtil.AV_TIME_BASE);
        this.originMicroseconds = originMicroseconds;
    }

    private StreamClock(Rational timeBase, long originMicroseconds)
    {
        this.timeBase = timeBase;
        this.originMicroseconds = originMicroseconds;
    }

    /// <summary>The same clock in half ticks: fields lie between pictures.</summary>
    public StreamClock InHalfTicks => new(timeBase / new Rational(2, 1), originMicroseconds);

    /// <summary>The timeline's zero in ticks, to the nearest.</summary>
    private long OriginTicks => (new Rational(1, AvUtil.AV_TIME_BASE) / timeBase).RoundOf(originMicroseconds);

    /// <summary>The tick at a timeline position of <paramref name="count"/> units of <paramref name="unit"/> seconds, rounded down.</summary>
    public long TicksAt(long count, Rational unit) => OriginTicks + (unit / timeBase).FloorOf(count);

    /// <summary>A tick's timeline position in units of <paramref name="unit"/> seconds, to the nearest.</summary>
    public long PositionOf(long ticks, Rational unit) => (timeBase / unit).RoundOf(ticks - OriginTicks);

    /// <summary>A tick as microseconds on the container's own clock.</summary>
    public long Microseconds(long ticks) => (timeBase * new Rational(AvUtil.AV_TIME_BASE, 1)).RoundOf(ticks);
}
