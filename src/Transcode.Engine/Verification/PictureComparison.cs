using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;

namespace Transcode.Engine.Verification;

/// <summary>Measures drawn pictures of a rendition beside our own encoder's, both to what the recipe makes of the source.</summary>
/// <param name="claim">Which segment.</param>
/// <param name="reference">Made and decoded.</param>
/// <param name="rendition">The rendition's pictures.</param>
internal sealed class PictureComparison(RenditionClaim claim, SegmentReference reference, PictureSet rendition)
{
    /// <summary>Errors below this are nothing to anybody, as mean squares of luma and colour: about 48 dB.</summary>
    private const double Unseen = 1;

    /// <summary>The same in a part of a picture.</summary>
    private const double UnseenInPart = 4;

    /// <summary>The same of 1 − SSIM.</summary>
    private const double UnseenStructure = 0.002;

    /// <summary>In dB: a picture that is so near to a neighbour's original was made of it.</summary>
    private const double AsGoodAsOwn = 3;

    private readonly PictureDistance distance = new(claim.Recipe);

    /// <summary>The pictures that a drawn one is compared with beside its own: those before and after it, as far as there are any.</summary>
    public static IEnumerable<int> Neighbours(int number, int frames) =>
        new[] { number - 1, number + 1 }.Where(other => other >= 0 && other < frames);

    public FrameFigures Of(int number)
    {
        (AvFrame original, AvFrame own, AvFrame made) = (reference.Originals[number], reference.Own[number], rendition[number]);
        double error = distance.Error(0, made, original), ownError = distance.Error(0, own, original);
        double nearest = Nearest(number, made), place = Loss(error, nearest, Unseen) - Math.Max(0, Loss(ownError, Nearest(number, own), Unseen));
        return new(
            number,
            PlaneError.Psnr(error, 1, bits: 8),
            PlaneError.Psnr(ownError, 1, bits: 8),
            Loss(error, ownError, Unseen),
            Loss(distance.StructureError(made, original), distance.StructureError(own, original), UnseenStructure),
            Math.Max(ColorLoss(1), ColorLoss(2)),
            distance.PartErrors(made, original).Zip(distance.PartErrors(own, original), (its, ours) => Loss(its, ours, UnseenInPart)).Max(),
            // What is nobody's picture is not in another's place.
            Loss(nearest, ownError, Unseen) < AsGoodAsOwn ? Math.Max(0, place) : 0,
            Stillness(number));

        double ColorLoss(int plane) => Loss(distance.Error(plane, made, original), distance.Error(plane, own, original), Unseen);
    }

    /// <summary>In dB.</summary>
    private static double Loss(double error, double ownError, double unseen) => 10 * Math.Log10((error + unseen) / (ownError + unseen));

    /// <summary>The error to that neighbour's original which a picture is nearest to.</summary>
    private double Nearest(int number, AvFrame picture) =>
        Neighbours(number, claim.Frames).Select(other => distance.Error(0, picture, reference.Originals[other])).DefaultIfEmpty(double.MaxValue).Min();

    private double Stillness(int number)
    {
        if (claim.Frames == 1)
        {
            return 0;
        }

        int before = Neighbours(number, claim.Frames).First();
        return Loss(
            distance.Error(0, reference.Own[number], reference.Own[before]), distance.Error(0, rendition[number], rendition[before]), Unseen);
    }
}
