namespace Transcode.Engine.Workers;

/// <summary>How a pool's device encoder is.</summary>
/// <param name="Codec">libav's name of it.</param>
/// <param name="Why">Why the spare makes everything now, in a sentence; null where the device does.</param>
/// <param name="RestsUntil">When it is tried again; null where it is not resting.</param>
/// <param name="IsShut">Whether it is left alone until it is tried anew by the owner.</param>
public sealed record EncoderStatus(string Codec, string? Why, DateTimeOffset? RestsUntil, bool IsShut);
