namespace Transcode.Engine.Verification;

/// <summary>How far a drawn picture is from what the recipe makes of the source, beside how far our own encoder is with the same picture. Losses are
/// in dB and above 0 where the rendition is worse.</summary>
/// <param name="Number">Of the picture in the segment.</param>
/// <param name="Psnr">Of its luma to the original's, in dB.</param>
/// <param name="OwnPsnr">The same of our own encoder's.</param>
/// <param name="Loss">Of luma: the ratio of the two squared errors.</param>
/// <param name="StructureLoss">The same of 1 − SSIM.</param>
/// <param name="ColorLoss">Of that plane of colour which lost more.</param>
/// <param name="PartLoss">Of luma, in that one of 8×8 parts of the picture which lost most.</param>
/// <param name="Misplacement">By how much nearer it is to a neighbour's original than to its own, less what our own encoder's is, where it looks as if made
/// of that; else 0.</param>
/// <param name="Stillness">How much less than our own encoder's it differs from the picture before.</param>
public sealed record FrameFigures(
    int Number, double Psnr, double OwnPsnr, double Loss, double StructureLoss, double ColorLoss, double PartLoss, double Misplacement, double Stillness);
