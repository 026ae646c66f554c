using Transcode.Engine.Media;

namespace Appliance.Samples;

/// <summary>When things happen in the film; picture and sound both ask here, so that they agree.</summary>
internal sealed class SampleTiming
{
    /// <summary>Samples a second of the sound.</summary>
    public const int SampleRate = 48_000;

    private const int FlashFrames = 2;
    private readonly Rational _frameRate;
    private readonly Rational _secondsPerFrame;

    public SampleTiming(SampleOptions options)
    {
        _frameRate = options.FrameRate;
        _secondsPerFrame = new Rational(1, 1) / _frameRate;
        Seconds = options.Seconds;
        FrameCount = checked((int)_frameRate.CeilingOf(options.Seconds));
        double card = options.IsCardOnly ? Seconds : Math.Min(6, Seconds / 7.0);
        CardStart = Seconds - card;
        int last = (int)Math.Floor(Seconds - 0.5);
        int first = options.IsCardOnly ? 0 : Math.Max((int)Math.Ceiling(CardStart + 1), last - 2);
        FlashSeconds = [.. Enumerable.Range(first, Math.Max(0, last - first + 1))];
    }

    public int Seconds { get; }

    public int FrameCount { get; }

    /// <summary>When the closing card is fully there, in seconds.</summary>
    public double CardStart { get; }

    /// <summary>The whole seconds at which the card's square flashes and the sound pips.</summary>
    public IReadOnlyList<int> FlashSeconds { get; }

    /// <summary>Samples in each channel of the whole sound.</summary>
    public long SampleCount => SampleAt(FrameCount);

    /// <summary>When a frame is shown.</summary>
    public double SecondsOf(int frame) => _secondsPerFrame.ToDouble() * frame;

    /// <summary>The first frame shown at or after a second.</summary>
    public int FrameAt(long second) => (int)_frameRate.CeilingOf(second);

    /// <summary>The sample that is heard as a frame appears.</summary>
    public long SampleAt(int frame) => (_secondsPerFrame * new Rational(SampleRate, 1)).RoundOf(frame);

    /// <summary>The frames during which the square flashes after a second: first, and the one after the last.</summary>
    public (int First, int End) Flash(int second) => (FrameAt(second), FrameAt(second) + FlashFrames);

    public bool IsFlash(int frame)
    {
        foreach (int second in FlashSeconds)
        {
            var (first, end) = Flash(second);
            if (frame >= first && frame < end)
            {
                return true;
            }
        }

        return false;
    }
}
