using System.Text.Json.Serialization;

namespace Transcode.Engine.Media;

/// <summary>The one timeline that all renditions of a source share: constant-rate frames counted from zero, cut into
/// segments of one closed GOP each. Frame <c>n</c> is shown at <c>n / FrameRate</c> seconds; segment <c>k</c> holds the
/// frames <c>[k·G, (k+1)·G)</c>, the last one fewer, with G = <see cref="SegmentFrames"/>.</summary>
/// <remarks>A segment is one GOP, at most two seconds to the nearest frame (Apple HLS authoring specification 1.13 asks for an IDR at least
/// that often), so that every segment boundary is where an IDR had to be anyway: seeking, retrying and sharing work then
/// cost no compression.</remarks>
/// <param name="FrameRate">Output frames a second, constant, 1 to 60.</param>
/// <param name="FrameCount">Output frames in the whole source, at least 1.</param>
public sealed record Grid(Rational FrameRate, long FrameCount)
{
    /// <summary>Goes into every recipe: a change to the cutting rule makes other segments.</summary>
    public const int Version = 2;

    /// <summary>The longest segment, in seconds, to the nearest frame.</summary>
    public const int SegmentSeconds = 2;

    /// <summary>Where frame 0 lies on the clock of the media files themselves. A picture is decoded before it is shown, and
    /// decode times (tfdt) cannot be negative: so all tracks start a second late, alike. Signed composition offsets would
    /// do without, but libavformat, and every player built on it, shows such pictures late against the sound.</summary>
    public const int MediaClockLeadSeconds = 1;

    /// <summary>Frames in every segment but the last. What fits two seconds, unless a step of one to two seconds meets the
    /// source's own keyframes everywhere and that one does not: then its own video can be shown as it is.</summary>
    public int SegmentFrames { get; init; } = (int)Math.Max(1, FrameRate.FloorOf(SegmentSeconds));

    [JsonIgnore]
    public int SegmentCount => checked((int)((FrameCount + SegmentFrames - 1) / SegmentFrames));

    /// <summary>The whole timeline's length.</summary>
    [JsonIgnore]
    public TimeSpan Duration => TimeOf(FrameCount);

    /// <summary>The number of the first frame of segment <paramref name="index"/>; for the segment count itself, the end.</summary>
    public long FirstFrame(int index) => Math.Min((long)index * SegmentFrames, FrameCount);

    /// <summary>How many frames segment <paramref name="index"/> holds.</summary>
    public int FramesIn(int index) => (int)(FirstFrame(index + 1) - FirstFrame(index));

    /// <summary>When frame <paramref name="frame"/> is shown, to the nearest 100 ns: for people and logs, not for arithmetic.</summary>
    public TimeSpan TimeOf(long frame) => TimeSpan.FromTicks(TicksPerFrame.RoundOf(frame));

    /// <summary>The first sample of segment <paramref name="index"/> at <paramref name="sampleRate"/>, in whole frames of
    /// <paramref name="samplesPerFrame"/>: audio boundaries float by less than one audio frame.</summary>
    /// <returns>The number of the segment's first audio frame.</returns>
    public long FirstAudioFrame(int index, int sampleRate, int samplesPerFrame)
    {
        var audioFramesPerVideoFrame = new Rational(sampleRate, samplesPerFrame) / FrameRate;
        return audioFramesPerVideoFrame.CeilingOf(FirstFrame(index));
    }

    /// <summary>The segment that holds the instant <paramref name="time"/>, clamped to the timeline.</summary>
    public int IndexAt(TimeSpan time)
    {
        long frame = new Rational(FrameRate.Numerator, FrameRate.Denominator * TimeSpan.TicksPerSecond).FloorOf(time.Ticks);
        return (int)Math.Clamp(frame / SegmentFrames, 0, SegmentCount - 1);
    }

    [JsonIgnore]
    private Rational TicksPerFrame => new(TimeSpan.TicksPerSecond * FrameRate.Denominator, FrameRate.Numerator);
}
