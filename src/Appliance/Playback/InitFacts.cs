using Transcode.Engine.Segments;

namespace Appliance.Playback;

/// <summary>What an initialization segment says of its track.</summary>
/// <param name="Codec">RFC 6381 codec string.</param>
/// <param name="Timescale">Ticks a second.</param>
internal sealed record InitFacts(string Codec, uint Timescale)
{
    /// <exception cref="FormatException">It is not one.</exception>
    public static InitFacts Of(ReadOnlySpan<byte> init) => new(CodecString.FromInit(init), TrackTimescale.FromInit(init));
}
