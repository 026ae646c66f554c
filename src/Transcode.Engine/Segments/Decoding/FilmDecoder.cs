using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>A device's decoder that was opened and has decoded something.</summary>
/// <param name="Name">That it is called by.</param>
/// <param name="Format">libav's name of what it decodes.</param>
/// <param name="BitDepth">8 or 10.</param>
/// <param name="Codec">libav's name of it.</param>
/// <param name="Device">That it decodes on; null where it finds its own. Whoever has the decoders ends it.</param>
internal sealed record FilmDecoder(string Name, string Format, int BitDepth, string Codec, HardwareDevice? Device);
