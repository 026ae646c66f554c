using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>Finds where a picture's blocks lie in another: the best of what their neighbours have, then downhill in ever
/// smaller steps, to a quarter of a sample.</summary>
internal static unsafe class MotionSearch
{
    /// <summary>Steps downhill of one size.</summary>
    private const int MaxSteps = 12;

    /// <summary>Sum of absolute differences that no search is worth: three quarters a sample.</summary>
    private const int Alike = 48;

    /// <summary>Sum of absolute differences that wide steps are worth: four a sample.</summary>
    private const int Unlike = 256;

    /// <summary>Samples beyond the picture that motion points to at most: as many are left for what lies between.</summary>
    private const int Reach = 14;

    /// <param name="of">Whose blocks are looked for.</param>
    /// <param name="within">Where.</param>
    /// <param name="hint">A field of the same picture into one nearer by, or null.</param>
    /// <param name="hintSteps">How many times as far away <paramref name="within"/> is.</param>
    /// <param name="found">Receives the field.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Search(AnalysisPlane of, AnalysisPlane within, MotionField? hint, int hintSteps, MotionField found)
    {
        int columns = of.Columns;
        for (int y = 0; y < of.Rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int block = (y * columns) + x;
                nint place = (y * BlockKernels.Side * (nint)of.Stride) + (x * BlockKernels.Side);
                (int predictedX, int predictedY) = Predict(found, columns, x, y);
                var search = new BlockSearch(of.First + place, within.First + place, of.Stride, of.PlaneBytes, predictedX, predictedY)
                {
                    Left = -(x * BlockKernels.Side) - Reach,
                    Right = ((columns - x - 1) * BlockKernels.Side) + Reach,
                    Up = -(y * BlockKernels.Side) - Reach,
                    Down = ((of.Rows - y - 1) * BlockKernels.Side) + Reach,
                };
                search.Try(0, 0);
                search.Try(Whole(predictedX), Whole(predictedY));
                if (x > 0)
                {
                    search.Try(Whole(found.Across[block - 1]), Whole(found.Down[block - 1]));
                }

                if (y > 0)
                {
                    search.Try(Whole(found.Across[block - columns]), Whole(found.Down[block - columns]));
                }

                if (hint is not null)
                {
                    search.Try(Whole(hint.Across[block] * hintSteps), Whole(hint.Down[block] * hintSteps));
                }

                search.Refine();
                found.Across[block] = (short)search.X;
                found.Down[block] = (short)search.Y;
                found.Costs[block] = search.Cost();
            }
        }
    }

    private static int Whole(int quarters) => (quarters + 2) >> 2;

    /// <summary>The middle of what the neighbours have.</summary>
    private static (int X, int Y) Predict(MotionField found, int columns, int x, int y)
    {
        int block = (y * columns) + x;
        (int X, int Y) left = x == 0 ? (0, 0) : (found.Across[block - 1], found.Down[block - 1]);
        if (y == 0)
        {
            return left;
        }

        int above = block - columns;
        int beyond = x + 1 < columns ? above + 1 : x > 0 ? above - 1 : above;
        return (Middle(left.X, found.Across[above], found.Across[beyond]), Middle(left.Y, found.Down[above], found.Down[beyond]));
    }

    private static int Middle(int a, int b, int c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    /// <summary>The search for one block. Places are whole samples until <see cref="Refine"/>, then quarters.</summary>
    private ref struct BlockSearch(byte* here, byte* there, nint stride, nint plane, int predictedX, int predictedY)
    {
        private int sad;
        private int cost = int.MaxValue;

        public int X { get; private set; }

        public int Y { get; private set; }

        public required int Left { get; init; }

        public required int Right { get; init; }

        public required int Up { get; init; }

        public required int Down { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Try(int x, int y)
        {
            x = Math.Clamp(x, Left, Right);
            y = Math.Clamp(y, Up, Down);
            if (x == X && y == Y && cost != int.MaxValue)
            {
                return;
            }

            int found = BlockKernels.Sad(here, stride, there + (y * stride) + x, stride);
            int total = found + Bits((x * 4) - predictedX, (y * 4) - predictedY);
            if (total < cost)
            {
                (cost, sad, X, Y) = (total, found, x, y);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Refine()
        {
            if (sad > Alike)
            {
                for (int apart = sad > Unlike ? 4 : 1; apart > 0; apart /= 2)
                {
                    Descend(apart);
                }
            }

            (X, Y) = (X * 2, Y * 2);
            if (sad > Alike)
            {
                Halves();
            }

            (X, Y) = (X * 2, Y * 2);
            if (sad > Alike)
            {
                Quarters();
            }
        }

        /// <summary>What is left to code, and what the motion takes.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly int Cost()
        {
            byte* one = Half(X >> 1, Y >> 1), other = Half((X + 1) >> 1, (Y + 1) >> 1);
            return BlockKernels.Satd(
                Difference(0, one, other), Difference(1, one, other), Difference(2, one, other), Difference(3, one, other))
                + Bits(X - predictedX, Y - predictedY);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector256<short> Difference(int row, byte* one, byte* other) =>
            BlockKernels.Rows(here + (row * stride), stride) - BlockKernels.Rows(one + (row * stride), other + (row * stride), stride);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Descend(int apart)
        {
            for (int step = 0; step < MaxSteps; step++)
            {
                byte* at = there + (Y * stride) + X;
                int left = X - apart >= Left ? BlockKernels.Sad(here, stride, at - apart, stride) : int.MaxValue;
                int right = X + apart <= Right ? BlockKernels.Sad(here, stride, at + apart, stride) : int.MaxValue;
                int up = Y - apart >= Up ? BlockKernels.Sad(here, stride, at - (apart * stride), stride) : int.MaxValue;
                int down = Y + apart <= Down ? BlockKernels.Sad(here, stride, at + (apart * stride), stride) : int.MaxValue;
                int least = Math.Min(Math.Min(left, right), Math.Min(up, down));
                if (least >= sad)
                {
                    return;
                }

                sad = least;
                (X, Y) = least == left ? (X - apart, Y) : least == right ? (X + apart, Y) : least == up ? (X, Y - apart) : (X, Y + apart);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Halves()
        {
            (int x, int y) = (X, Y);
            for (int down = -1; down <= 1; down++)
            {
                for (int across = -1; across <= 1; across++)
                {
                    if ((across | down) == 0)
                    {
                        continue;
                    }

                    int found = BlockKernels.Sad(here, stride, Half(x + across, y + down), stride);
                    if (found < sad)
                    {
                        (sad, X, Y) = (found, x + across, y + down);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Quarters()
        {
            (int x, int y) = (X, Y);
            Quarter(x - 1, y);
            Quarter(x + 1, y);
            Quarter(x, y - 1);
            Quarter(x, y + 1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Quarter(int x, int y)
        {
            int found = BlockKernels.SadToMean(here, Half(x >> 1, y >> 1), Half((x + 1) >> 1, (y + 1) >> 1), stride);
            if (found < sad)
            {
                (sad, X, Y) = (found, x, y);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly byte* Half(int across, int down) => BlockKernels.Half(there, stride, plane, across, down);

        /// <summary>Bits of a motion vector's difference, about: Exp-Golomb codes of both parts.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Bits(int across, int down) =>
            (2 * BitOperations.Log2((uint)((2 * Math.Abs(across)) + 1))) + (2 * BitOperations.Log2((uint)((2 * Math.Abs(down)) + 1))) + 2;
    }
}
