using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Segments of one kind that are asked for; figures are a segment's.</summary>
/// <param name="BitDepth">Bits a sample; 0 for sound.</param>
/// <param name="Codec">As <c>h264</c>; must have a weight.</param>
/// <param name="Frames">At most so many pictures, or frames of sound, 0 to 2^53.</param>
/// <param name="PixelsIn">Decoded pixels as they are expected, 0 to 2^53.</param>
/// <param name="PixelsInMost">Decoded pixels at most, lead-in included, from <paramref name="PixelsIn"/> to 2^53.</param>
/// <param name="PixelsOut">Encoded pixels at most, 0 to 2^53.</param>
/// <param name="Segments">How many, 1 to 1,000,000.</param>
public sealed record QuotedRendition(int BitDepth, string Codec, long Frames, long PixelsIn, long PixelsInMost, long PixelsOut, int Segments)
{
    private const int SegmentLimit = 1_000_000;
    private const int CodecLimit = 64;
    private const long CountLimit = Metering.WorkMeasurement.CountLimit;

    internal bool IsSound =>
        PlainText.IsPlain(Codec, 1, CodecLimit)
        && Frames is >= 0 and <= CountLimit
        && PixelsIn >= 0
        && PixelsIn <= PixelsInMost
        && PixelsInMost <= CountLimit
        && PixelsOut is >= 0 and <= CountLimit
        && Segments is >= 1 and <= SegmentLimit;
}
