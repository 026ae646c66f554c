using System.Globalization;

namespace Transcode.Engine.Verification;

/// <summary>How much worse than our own encoder's pictures may be. The thresholds were measured: <c>docs/verification.md</c> has how.</summary>
internal static class LikenessRule
{
    private static readonly (VerificationCheck Check, Func<FrameFigures, double> Of, double Most, string What)[] Rules =
    [
        (VerificationCheck.Place, figures => figures.Misplacement, 1.5, "nearer to the picture before or after than to its own"),
        (VerificationCheck.Motion, figures => figures.Stillness, 8, "less different from its neighbour than it should be"),
        (VerificationCheck.Likeness, figures => figures.Loss, 3, "further from the original than our own encoder's"),
        (VerificationCheck.Structure, figures => figures.StructureLoss, 3, "further in structure from the original than our own encoder's"),
        (VerificationCheck.Color, figures => figures.ColorLoss, 3, "further in colour from the original than our own encoder's"),
        (VerificationCheck.Parts, figures => figures.PartLoss, 8, "further in a part of it from the original than our own encoder's"),
    ];

    /// <summary>The first check that fails on any drawn picture, or null.</summary>
    public static Rejection? First(IReadOnlyList<FrameFigures> frames)
    {
        foreach ((VerificationCheck check, Func<FrameFigures, double> of, double most, string what) in Rules)
        {
            if (frames.MaxBy(of) is { } worst && of(worst) > most)
            {
                return new(check, string.Create(
                    CultureInfo.InvariantCulture, $"Picture {worst.Number} is {of(worst):F1} dB {what}; {most:F1} dB are allowed."));
            }
        }

        return null;
    }
}
