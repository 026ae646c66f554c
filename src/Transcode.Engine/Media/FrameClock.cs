namespace Transcode.Engine.Media;

/// <summary>Which picture a frame of the grid shows: the last one whose time is at most (n + 2/5) / rate. Near enough to the
/// middle to swallow the rounding of milliseconds and 90 kHz clocks, early enough that a doubled rate halves cleanly.</summary>
/// <param name="clock">Of the stream.</param>
/// <param name="frameRate">The grid's.</param>
internal readonly struct FrameClock(StreamClock clock, Rational frameRate)
{
    private readonly Rational frame = new(frameRate.Denominator, frameRate.Numerator);

    /// <summary>The latest time of a picture that frame <paramref name="number"/> may show, in fifths of a frame.</summary>
    public static long LimitInFifths(long number) => (number * 5) + 2;

    /// <summary>The same in the stream's ticks.</summary>
    public long LimitTicks(long number) => clock.TicksAt(LimitInFifths(number), frame / new Rational(5, 1));

    /// <summary>The first frame that may show a picture of this time; below 0 where it comes before the timeline.</summary>
    public long FrameOf(long ticks)
    {
        long number = clock.PositionOf(ticks, frame) - 1;

        // The first that may show it is the nearest frame or a neighbour: rounding is off by half a frame at most.
        for (int step = 0; step < 2 && LimitTicks(number) < ticks; step++)
        {
            number++;
        }

        return number;
    }
}
