namespace Transcode.Engine.Recipes;

/// <summary>Which groups of renditions a box offers beside H.264 in standard dynamic range, which is always there, and what is
/// done to their pictures. What is offered decides which recipes there are; a recipe then says all of it.</summary>
/// <param name="Standard">Further codecs for sources of standard dynamic range.</param>
/// <param name="HighRange">Codecs that keep the range of PQ and HLG sources.</param>
public sealed record Offer(IReadOnlyList<VideoFormat> Standard, IReadOnlyList<VideoFormat> HighRange)
{
    /// <summary>What is done to pictures of standard dynamic range before they are encoded; null for nothing.</summary>
    public PictureTuning? Tuning { get; init; } = PictureTuning.Auto;

    /// <summary>How pictures of a high dynamic range are shown in the standard one.</summary>
    public PictureToneMap ToneMap { get; init; } = PictureToneMap.Auto;

    /// <summary>What any box can keep up with: H.264, and HEVC where only it can show what there is.</summary>
    public static Offer Default { get; } = new([], [VideoFormat.Hevc]);

    /// <summary>Everything there is.</summary>
    public static Offer All { get; } = Of([VideoFormat.H264, VideoFormat.Hevc, VideoFormat.Av1]);

    /// <summary>Every source in these codecs, and in H.264 whether it is named or not.</summary>
    public static Offer Of(IEnumerable<VideoFormat> formats)
    {
        VideoFormat[] further = [.. formats.Distinct().Where(format => format != VideoFormat.H264).Order()];
        return new(further, further);
    }
}
