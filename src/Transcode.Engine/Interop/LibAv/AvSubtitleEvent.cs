namespace Transcode.Engine.Interop.LibAv;

/// <summary>Words of a decoder that tells itself when they are shown.</summary>
/// <param name="Microseconds">From when on, on the packets' clock; null where it does not tell.</param>
/// <param name="EndMilliseconds">How long.</param>
/// <param name="Dialogue">As <see cref="SubtitleDecoder.Decode"/> gives them.</param>
internal readonly record struct AvSubtitleEvent(long? Microseconds, uint EndMilliseconds, string Dialogue);
