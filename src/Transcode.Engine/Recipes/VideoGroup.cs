namespace Transcode.Engine.Recipes;

/// <summary>What the renditions of one codec have in common.</summary>
/// <param name="Suffix">Of their names.</param>
/// <param name="Encoder">libav's name.</param>
/// <param name="Preset">The encoder's.</param>
/// <param name="EncoderParameters">What the encoder is told beyond its preset, by its own names; null for nothing.</param>
/// <param name="ConstantRateFactor">On the encoder's own scale.</param>
/// <param name="RateShare">Of H.264's rate cap.</param>
/// <param name="KeepsRange">Whether ten bits and high dynamic range are kept.</param>
/// <param name="SmallestSide">Of the pictures the encoder takes, in pixels.</param>
internal sealed record VideoGroup(
    string Suffix, string Encoder, string Preset, string? EncoderParameters, int ConstantRateFactor, double RateShare, bool KeepsRange, int SmallestSide)
{
    /// <summary>Of the rate cap of standard dynamic range: Apple's authoring specification gives HDR a fifth more.</summary>
    public const double HighRangeShare = 1.2;

    private const int LargestBlock = 64;

    /// <summary>The shares follow Apple's authoring specification, which gives HEVC three quarters of H.264's rates, and for AV1
    /// the usual estimate. Presets are the slowest that a core of a small box keeps in step with at 720p. x264's
    /// adaptive quantizer at those strengths that fit the picture's own spread of detail (2), and gentler, gives more for the
    /// same bytes than the preset's fixed ones, for the same time (decision 12).</summary>
    public static VideoGroup Of(VideoFormat format) => format switch
    {
        VideoFormat.H264 => new("", "libx264", "veryfast", "aq-mode=2:aq-strength=0.7", 23, 1, KeepsRange: false, SmallestSide: 2),
        VideoFormat.Hevc => new("-hevc", "libx265", "superfast", null, 26, 0.75, KeepsRange: true, LargestBlock),
        VideoFormat.Av1 => new("-av1", "libsvtav1", "10", null, 35, 0.65, KeepsRange: true, LargestBlock),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
