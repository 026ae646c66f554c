using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Quality;

/// <summary>How much goes on in a block, in space and in time: see <see cref="Xpsnr"/>, which it is part of.</summary>
/// <param name="shape">Of the pictures.</param>
/// <param name="halved">Whether squares of four samples are taken together.</param>
/// <param name="secondOrder">Whether differences in time are those of differences.</param>
internal sealed class BlockActivity(PlaneShape shape, bool halved, bool secondOrder)
{
    /// <summary>What differences in time count for beside those in space.</summary>
    private const int Gamma = 2;

    private int Step => halved ? 2 : 1;

    /// <param name="picture">The block's.</param>
    /// <param name="before">The one before, or none.</param>
    /// <param name="earlier">The one before that, or none.</param>
    /// <param name="x">The block's first column.</param>
    /// <param name="y">The block's first row.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <returns>Code values times twelve, roughly; 0 where the block is too small to tell.</returns>
    public double Of(PlaneView picture, PlaneView before, PlaneView earlier, int x, int y, int width, int height)
    {
        // Filters reach a step beyond what they are for, so the picture's own rim is left out.
        (int left, int top) = (x > 0 ? x : Step, y > 0 ? y : Step);
        int right = x + width < shape.Width ? x + width : x + width - Step;
        int bottom = y + height < shape.Height ? y + height : y + height - Step;
        if (right <= left || bottom <= top)
        {
            return 0;
        }

        long spatial = 0;
        for (int row = top; row < bottom; row += Step)
        {
            for (int column = left; column < right; column += Step)
            {
                spatial += Math.Abs(halved ? HalvedHighPass(picture, column, row) : HighPass(picture, column, row));
            }
        }

        return ((double)spatial / ((right - left) * (bottom - top)))
            + (Gamma * (double)Temporal(picture, before, earlier, x, y, width, height) / (width * height));
    }

    private long Temporal(PlaneView picture, PlaneView before, PlaneView earlier, int x, int y, int width, int height)
    {
        if (before.IsNone || (secondOrder && earlier.IsNone))
        {
            return 0;
        }

        long sum = 0;
        for (int row = y; row < y + height; row += Step)
        {
            for (int column = x; column < x + width; column += Step)
            {
                int change = secondOrder
                    ? Square(picture, column, row) - (2 * Square(before, column, row)) + Square(earlier, column, row)
                    : Square(picture, column, row) - Square(before, column, row);
                sum += Math.Abs(change);
            }
        }

        return sum;
    }

    private int HighPass(PlaneView picture, int x, int y) =>
        (12 * At(picture, x, y))
        - (2 * (At(picture, x - 1, y) + At(picture, x + 1, y) + At(picture, x, y - 1) + At(picture, x, y + 1)))
        - (At(picture, x - 1, y - 1) + At(picture, x + 1, y - 1) + At(picture, x - 1, y + 1) + At(picture, x + 1, y + 1));

    /// <summary>The same of squares of four, each beside what lies around it, in single samples.</summary>
    private int HalvedHighPass(PlaneView picture, int x, int y)
    {
        int sum = 12 * Square(picture, x, y);
        for (int i = 0; i < 2; i++)
        {
            sum -= 3 * (At(picture, x + i, y - 1) + At(picture, x + i, y + 2) + At(picture, x - 1, y + i) + At(picture, x + 2, y + i));
            sum -= 2 * (At(picture, x - 1, y - 1 + (3 * i)) + At(picture, x + 2, y - 1 + (3 * i)));
        }

        for (int i = -1; i <= 2; i++)
        {
            sum -= At(picture, x + i, y - 2) + At(picture, x + i, y + 3) + At(picture, x - 2, y + i) + At(picture, x + 3, y + i);
        }

        return sum;
    }

    /// <summary>A sample, or the sum of the four from it to the right and down.</summary>
    private int Square(PlaneView picture, int x, int y) => halved
        ? At(picture, x, y) + At(picture, x + 1, y) + At(picture, x, y + 1) + At(picture, x + 1, y + 1)
        : At(picture, x, y);

    /// <summary>Edges go on where a picture of an odd size ends within a square.</summary>
    private int At(PlaneView picture, int x, int y) =>
        picture.At(Math.Clamp(x, 0, shape.Width - 1), Math.Clamp(y, 0, shape.Height - 1), shape.Bits);
}
