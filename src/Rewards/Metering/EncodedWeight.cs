namespace Rewards.Metering;

/// <summary>Weight of one codec at one depth.</summary>
/// <param name="Codec">As <c>h264</c>.</param>
/// <param name="BitDepth">Bits a sample; 0 for sound.</param>
/// <param name="PerPixel">Weight of an encoded pixel, in thousandths, 0 to 10^9.</param>
/// <param name="PerFrame">Weight of a frame, in thousandths, 0 to 10^9: what sound is counted by.</param>
public sealed record EncodedWeight(string Codec, int BitDepth, int PerPixel, int PerFrame);
