namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>What becomes white in each picture of a segment, of how bright it is: a shot begins with its first picture's own peak, and follows
/// from there, so that nothing pumps when something flashes. It goes up twice as fast as down: what is cut off is seen, and what is a little
/// too dark is not.</summary>
/// <remarks>PQ signals in 1024ths, in steps of four: a step is some 4 percent of light, and three and a half codes
/// of eight bits on the screen at most, in what is nearly white.</remarks>
internal sealed class PeakTrack
{
    private const int Step = 4;

    private const int Rise = 2 * Step;

    private const int Fall = Step;

    /// <summary>Not above diffuse white, so that what has nothing brighter stays as it is.</summary>
    private static readonly int Least = (int)(Transfer.PqSignal(Transfer.WhiteNits) * (ScenePeak.Bins - 1)) / Step * Step;

    private int? last;

    /// <summary>The next picture begins a shot.</summary>
    public void Cut() => last = null;

    /// <param name="signal">Of the picture, by <see cref="ScenePeak.Signal"/>.</param>
    /// <returns>In cd/m², from diffuse white to 10000.</returns>
    public int Next(int signal)
    {
        int own = Math.Max(Least, (signal + Step - 1) / Step * Step);
        last = last is { } before ? Math.Clamp(own, before - Fall, before + Rise) : own;
        return ScenePeak.Nits(last.Value);
    }
}
