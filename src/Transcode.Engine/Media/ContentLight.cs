using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>How bright a film gets (CTA-861.3, annex P), in cd/m², 0 to 65 535; 0 says unknown.</summary>
/// <param name="MaxCll">The brightest pixel's.</param>
/// <param name="MaxFall">The brightest frame's average.</param>
public sealed record ContentLight(int MaxCll, int MaxFall)
{
    /// <summary>Null where it says nothing, or what the codecs' fields cannot hold.</summary>
    internal static ContentLight? From(AvContentLight? found) =>
        found is { MaxCll: <= ushort.MaxValue, MaxFall: <= ushort.MaxValue } light && (light.MaxCll | light.MaxFall) != 0
            ? new((int)light.MaxCll, (int)light.MaxFall)
            : null;

    internal AvContentLight ToAv() => new() { MaxCll = (uint)MaxCll, MaxFall = (uint)MaxFall };
}
