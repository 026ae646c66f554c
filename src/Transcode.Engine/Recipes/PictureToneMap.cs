namespace Transcode.Engine.Recipes;

/// <summary>How a high dynamic range becomes the standard one. Names carry the number of their arithmetic. What becomes white, a rule finds in each shot,
/// or it is said in numbers: in a recipe one of both is there.</summary>
public sealed record PictureToneMap
{
    /// <summary><see cref="Curve"/>: straight up to three tenths of white, then bent towards the peak.</summary>
    public const string Mobius = "mobius-1";

    /// <summary><see cref="Curve"/>: the EETF of ITU-R BT.2390.</summary>
    public const string Bt2390 = "bt2390-1";

    /// <summary><see cref="Curve"/>: straight up to 10 cd/m², then a cubic in PQ.</summary>
    public const string Spline = "spline-1";

    /// <summary><see cref="Gamut"/>: components are cut off at BT.709's edge.</summary>
    public const string Clip = "clip-1";

    /// <summary><see cref="Gamut"/>: colours move towards the grey of their luminance.</summary>
    public const string Desaturate = "desaturate-1";

    /// <summary><see cref="PeakRule"/>: as bright as the shot is, and following it.</summary>
    public const string ShotPeaks = "shots-1";

    /// <summary>The least luminance that may be said to become white, in cd/m²: HDR's diffuse white.</summary>
    public const int LeastPeakNits = 203;

    /// <summary>PQ ends there (SMPTE ST 2084).</summary>
    public const int MostPeakNits = 10_000;

    /// <summary>The curve of brightness.</summary>
    public required string Curve { get; init; }

    /// <summary>What becomes of colours that BT.709 does not have.</summary>
    public required string Gamut { get; init; }

    /// <summary>How it is found what becomes white; null where <see cref="PeakNits"/> says it.</summary>
    public string? PeakRule { get; init; }

    /// <summary>What becomes white, in cd/m²; null where <see cref="PeakRule"/> finds it. In an <see cref="Offer"/> both may be missing: then it is what the
    /// film says of itself.</summary>
    public int? PeakNits { get; init; }

    /// <summary>What is done where nobody says otherwise.</summary>
    public static PictureToneMap Auto { get; } = new() { Curve = Bt2390, Gamut = Desaturate, PeakRule = ShotPeaks };
}
