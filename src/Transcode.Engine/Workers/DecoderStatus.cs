namespace Transcode.Engine.Workers;

/// <summary>How a device's decoder of a pool is.</summary>
/// <param name="Path">Which.</param>
/// <param name="Why">Why it was last not used, in a sentence; null where nothing was ever the matter.</param>
/// <param name="RestsUntil">When it is used again; null where it does not rest.</param>
/// <param name="IsShut">Whether it is left alone until it is tried anew.</param>
/// <param name="Decoded">Segments, or other rungs of them, whose source it decoded.</param>
/// <param name="LeftToSoftware">Those that it was thought of for, and that software decoded.</param>
public sealed record DecoderStatus(Hardware.CodingPath Path, string? Why, DateTimeOffset? RestsUntil, bool IsShut, long Decoded, long LeftToSoftware);
