using Transcode.Engine.Tuning.Lookahead;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Lookahead;

/// <summary>Motion that is known is found, and samples between others are what the standard says.</summary>
public sealed unsafe class MotionSearchTests
{
    private const int Columns = 12;
    private const int Rows = 8;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-3, 2)]
    [InlineData(7, -5)]
    [InlineData(-9, -9)]
    public void Motion_OfWholeSamples_IsFound(int across, int down)
    {
        Func<int, int, int> film = Planes.Clouds(1);
        AnalysisPlane of = Planes.Of(Columns, Rows, film), within = Planes.Of(Columns, Rows, (x, y) => film(x - across, y - down));
        var found = new MotionField(Columns * Rows);
        MotionSearch.Search(of, within, hint: null, hintSteps: 0, found);

        // What moved out of the picture cannot be found there.
        foreach (int block in Inner(2))
        {
            Assert.Equal((across * 4, down * 4), (found.Across[block], found.Down[block]));
            Assert.InRange(found.Costs[block], 0, 24);
        }
    }

    /// <summary>A film of twice the size, of which every other sample is shown, moves by half a sample: the search lands within a quarter
    /// of it, but where the film is so smooth that other places are as good.</summary>
    [Fact]
    public void Motion_OfHalfASample_IsFoundToAQuarter()
    {
        Func<int, int, int> film = Planes.Clouds(2);
        AnalysisPlane of = Planes.Of(Columns, Rows, (x, y) => film(2 * x, 2 * y)), within = Planes.Of(Columns, Rows, (x, y) => film((2 * x) - 1, 2 * y));
        var found = new MotionField(Columns * Rows);
        MotionSearch.Search(of, within, hint: null, hintSteps: 0, found);

        int[] blocks = [.. Inner(1)];
        int near = blocks.Count(block => found.Across[block] is >= 1 and <= 3 && found.Down[block] is >= -1 and <= 1);
        Assert.InRange(near, blocks.Length * 9 / 10, blocks.Length);
    }

    /// <summary>ITU-T H.264, 8.4.2.2.1: b and h by six samples, rounded; j here by six of the rounded b, which is at most one step from
    /// the standard's.</summary>
    [Fact]
    public void Samples_BetweenOthers_AreTheStandards()
    {
        var random = new Random(3);
        byte[] noise = new byte[Columns * Rows * 64];
        random.NextBytes(noise);
        AnalysisPlane plane = Planes.Of(Columns, Rows, (x, y) => noise[(y * Columns * 8) + x]);
        for (int y = -8; y < plane.Height + 8; y++)
        {
            for (int x = -8; x < plane.Width + 8; x++)
            {
                byte* at = plane.First + (y * plane.Stride) + x;
                Assert.Equal(Six(i => Whole(plane, x + i, y)), at[plane.PlaneBytes]);
                Assert.Equal(Six(i => Whole(plane, x, y + i)), at[2 * plane.PlaneBytes]);
                Assert.Equal(Six(i => Six(j => Whole(plane, x + j, y + i))), at[3 * plane.PlaneBytes]);
            }
        }
    }

    private static int Six(Func<int, int> at) =>
        Math.Clamp((at(-2) - (5 * at(-1)) + (20 * at(0)) + (20 * at(1)) - (5 * at(2)) + at(3) + 16) >> 5, 0, 255);

    private static int Whole(AnalysisPlane plane, int x, int y) =>
        plane.Row(Math.Clamp(y, 0, plane.Height - 1))[Math.Clamp(x, 0, plane.Width - 1)];

    private static IEnumerable<int> Inner(int edge) =>
        Enumerable.Range(0, Columns * Rows).Where(block =>
            block % Columns >= edge && block % Columns < Columns - edge && block / Columns >= edge && block / Columns < Rows - edge);
}
