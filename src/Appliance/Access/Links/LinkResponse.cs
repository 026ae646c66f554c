namespace Appliance.Access.Links;

/// <summary>Where a source is played by whoever has these.</summary>
/// <param name="ExpiresAt">From when on nobody does.</param>
/// <param name="Hls">For players of HLS.</param>
/// <param name="Dash">For players of DASH.</param>
/// <param name="Still">A picture of it.</param>
internal sealed record LinkResponse(DateTimeOffset ExpiresAt, string Hls, string Dash, string Still);
