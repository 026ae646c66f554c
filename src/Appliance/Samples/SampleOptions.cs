using Transcode.Engine.Media;

namespace Appliance.Samples;

/// <summary>What film to make.</summary>
public sealed record SampleOptions
{
    /// <summary>1 to 600 seconds, the last frame rounded up. The closing card takes the last seventh, six seconds at most.</summary>
    public int Seconds { get; init; } = 40;

    /// <summary>In pixels, even, 160 to 1920.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>In pixels, even, 90 to 1088.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Frames a second, 1 to 60.</summary>
    public Rational FrameRate { get; init; } = new(24, 1);

    /// <summary>Whether the film has sound.</summary>
    public bool HasSound { get; init; } = true;

    /// <summary>Only the closing card, for the whole length: every frame then tells its number.</summary>
    public bool IsCardOnly { get; init; }

    /// <summary>All that is wrong with these options, or nothing.</summary>
    public IEnumerable<string> Errors()
    {
        if (Seconds is < 1 or > 600)
        {
            yield return $"--seconds {Seconds}: 1 to 600 are possible.";
        }

        if (Width is < 160 or > 1920 || Height is < 90 or > 1088 || Width % 2 != 0 || Height % 2 != 0)
        {
            yield return $"--size {Width}x{Height}: even sizes from 160x90 to 1920x1088 are possible.";
        }

        if (FrameRate < new Rational(1, 1) || FrameRate > new Rational(60, 1))
        {
            yield return $"--frame-rate {FrameRate}: 1 to 60 frames a second are possible.";
        }
    }
}
