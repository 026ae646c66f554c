using System.Globalization;

namespace Transcode.Engine.Verification;

/// <summary>How much worse than our own encoder's pictures may be. All limits were measured: <c>docs/verification.md</c> says how.</summary>
/// <param name="Loss">In dB.</param>
/// <param name="Structure">In dB.</param>
/// <param name="Part">In dB.</param>
internal sealed record LikenessRule(double Loss, double Structure, double Part)
{
    /// <summary>By how many dB a picture may be nearer to a neighbour's original than to its own.</summary>
    private const double Misplacement = 2;

    /// <summary>By how many dB it may differ less from the picture before than our own encoder's does.</summary>
    private const double Stillness = 6;

    /// <summary>By how many dB a plane of colour may be further from the original than our own encoder's.</summary>
    private const double Color = 4.5;

    /// <summary>Encoders of one codec are as far apart as their presets are: x265's quickest, which is held beside its second quickest, the furthest.</summary>
    /// <param name="encoder">The recipe's.</param>
    public static LikenessRule For(string encoder) => encoder switch
    {
        "libx264" => new(Loss: 3.5, Structure: 3.5, Part: 6),
        "libx265" => new(Loss: 4.2, Structure: 5.5, Part: 10),
        _ => new(Loss: 2.5, Structure: 3.5, Part: 6.5),
    };

    /// <summary>The first check that fails on any drawn picture, or null.</summary>
    public Rejection? First(IReadOnlyList<FrameFigures> frames) =>
        Above(frames, VerificationCheck.Place, figures => figures.Misplacement, Misplacement, "nearer to the picture before or after than to its own")
        ?? Above(frames, VerificationCheck.Motion, figures => figures.Stillness, Stillness, "less different from its neighbour than it should be")
        ?? Above(frames, VerificationCheck.Likeness, figures => figures.Loss, Loss, "further from the original than our own encoder's")
        ?? Above(frames, VerificationCheck.Structure, figures => figures.StructureLoss, Structure, "further in structure from the original than our own encoder's")
        ?? Above(frames, VerificationCheck.Color, figures => figures.ColorLoss, Color, "further in colour from the original than our own encoder's")
        ?? Above(frames, VerificationCheck.Parts, figures => figures.PartLoss, Part, "further in a part of it from the original than our own encoder's");

    private static Rejection? Above(IReadOnlyList<FrameFigures> frames, VerificationCheck check, Func<FrameFigures, double> of, double most, string what) =>
        frames.MaxBy(of) is { } worst && of(worst) > most
            ? new(check, string.Create(CultureInfo.InvariantCulture, $"Picture {worst.Number} is {of(worst):F1} dB {what}; {most:F1} dB are allowed."))
            : null;
}
