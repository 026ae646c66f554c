using System.Runtime.CompilerServices;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>A plan's offsets for the macroblocks of one rung.</summary>
/// <param name="width">The rung's, in pixels.</param>
/// <param name="height">The rung's, in pixels.</param>
internal sealed class QuantizerMap(int width, int height)
{
    private const int Macroblock = 16;

    /// <summary>H.264's quantizer steps of 8-bit pictures.</summary>
    private const int Range = 51;

    private readonly AvRegionOfInterest[] regions = new AvRegionOfInterest[((width + Macroblock - 1) / Macroblock) * ((height + Macroblock - 1) / Macroblock)];

    /// <summary>Tells the encoder how the picture is to be coded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Apply(PicturePlan plan, AvFrame picture)
    {
        picture.PictureType = (int)plan.Type;
        if (plan.Offsets is null)
        {
            return;
        }

        int across = (width + Macroblock - 1) / Macroblock;
        for (int i = 0; i < regions.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, across);
            regions[i] = new(
                (uint)sizeof(AvRegionOfInterest), y * Macroblock, (y + 1) * Macroblock, x * Macroblock, (x + 1) * Macroblock, new(At(plan, x, y), 256 * Range));
        }

        picture.Attach(regions);
    }

    /// <summary>At a macroblock's middle, between the four blocks around it.</summary>
    private int At(PicturePlan plan, int x, int y)
    {
        (int left, int right, int toRight) = Between(((2 * x) + 1) * Macroblock, width, plan.Columns);
        (int above, int below, int toBelow) = Between(((2 * y) + 1) * Macroblock, height, plan.Rows);
        int upper = (plan.Offsets![(above * plan.Columns) + left] * (256 - toRight)) + (plan.Offsets[(above * plan.Columns) + right] * toRight);
        int lower = (plan.Offsets[(below * plan.Columns) + left] * (256 - toRight)) + (plan.Offsets[(below * plan.Columns) + right] * toRight);
        return (int)((((long)upper * (256 - toBelow)) + ((long)lower * toBelow)) >> 16);
    }

    /// <param name="twice">Twice the place in the picture, in pixels.</param>
    /// <param name="size">Of the picture, in pixels.</param>
    /// <param name="blocks">Over that size.</param>
    private static (int Before, int After, int Part) Between(int twice, int size, int blocks)
    {
        int place = Math.Clamp((int)((long)twice * blocks * 128 / size) - 128, 0, (blocks - 1) * 256);
        return (place >> 8, Math.Min((place >> 8) + 1, blocks - 1), place & 255);
    }
}
