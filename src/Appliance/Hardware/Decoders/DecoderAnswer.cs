using Transcode.Engine.Workers;

namespace Appliance.Hardware.Decoders;

/// <summary>What decodes films for the ladder.</summary>
/// <param name="Wish">What the setting says.</param>
/// <param name="Why">Why that is so, in a sentence.</param>
/// <param name="Uses">The hardware decoders that are used, one of each codec and depth; all else is software's.</param>
internal sealed record DecoderAnswer(string Wish, string Why, IReadOnlyList<UsedDecoder> Uses);

/// <summary>How a hardware decoder does.</summary>
/// <param name="Decoder">libav's name, as <c>h264_cuvid</c>, or <c>h264/vaapi</c>.</param>
/// <param name="Format">What it decodes.</param>
/// <param name="BitDepth">8 or 10.</param>
/// <param name="Trouble">Why software decoded in its place the last time that it did; null where it never did.</param>
/// <param name="RestsUntil">When one that ended a worker is used again; null where it does not rest.</param>
/// <param name="IsShut">Whether it is left alone until it is probed again.</param>
/// <param name="Decoded">Finished rungs of segments whose source it decoded.</param>
/// <param name="LeftToSoftware">Those that software decoded in its place.</param>
internal sealed record UsedDecoder(string Decoder, string Format, int BitDepth, string? Trouble, DateTimeOffset? RestsUntil, bool IsShut, long Decoded, long LeftToSoftware)
{
    public static UsedDecoder Of(DecoderStatus status) => new(
        status.Path.DecoderName, status.Path.Format, status.Path.BitDepth, status.Why, status.RestsUntil, status.IsShut, status.Decoded, status.LeftToSoftware);
}
