using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>What is asked for: from pictures of 10 bits, BT.2020 primaries and matrix, to BT.709, both in limited range and planar
/// 4:2:0. Colour of the result is sited left.</summary>
/// <param name="Transfer">Of the source.</param>
/// <param name="PeakNits">What becomes white, in cd/m², 1 to 10000, unless a picture comes with another. Less than diffuse white counts as that.</param>
/// <param name="Curve">By the largest of R, G and B, so that hues stay.</param>
/// <param name="Gamut">For colours outside BT.709.</param>
/// <param name="TargetBits">8, by ordered dither, or 10.</param>
/// <param name="Siting">Of the source's colour: <see cref="ChromaSiting.TopLeft"/> or <see cref="ChromaSiting.Left"/>.</param>
internal sealed record ToneMapPlan(
    HdrTransfer Transfer, int PeakNits, ToneCurve Curve, GamutMapping Gamut, int TargetBits, ChromaSiting Siting)
{
    public const int SourceBits = 10;

    public int TargetBytes => TargetBits > 8 ? 2 : 1;

    /// <summary>Whether colour is known to lie where this can take it from.</summary>
    public static bool Knows(ChromaSiting siting) => siting == ChromaSiting.TopLeft || siting == ChromaSiting.Left;

    /// <summary>How much of each of the two nearest rows of colour a row of the picture has, in quarters.</summary>
    /// <param name="y">The picture's row.</param>
    /// <returns>The rows, which may lie one outside, and their shares, which add up to 4.</returns>
    public (int Upper, int UpperShare, int Lower, int LowerShare) ColourRows(int y) =>
        Siting == ChromaSiting.TopLeft
            ? y % 2 == 0 ? (y / 2, 4, y / 2, 0) : (y / 2, 2, (y / 2) + 1, 2)
            : y % 2 == 0 ? ((y / 2) - 1, 1, y / 2, 3) : (y / 2, 3, (y / 2) + 1, 1);
}
