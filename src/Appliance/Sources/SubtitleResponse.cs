namespace Appliance.Sources;

/// <summary>A subtitle track of a source, also where it is not offered.</summary>
/// <param name="Track">Its number in the container; null for a file beside it.</param>
/// <param name="Codec">libav's name, as <c>subrip</c> or <c>hdmv_pgs_subtitle</c>.</param>
/// <param name="Form"><c>words</c>, which are offered as WebVTT; <c>pictures</c> of words; or <c>unknown</c>.</param>
/// <param name="Language">RFC 5646, or null.</param>
/// <param name="Title">Or null.</param>
/// <param name="Burnt">Where a player starts to have it laid over the picture; null for words, and where that cannot be.</param>
internal sealed record SubtitleResponse(int? Track, string Codec, string Form, string? Language, string? Title, string? Burnt);
