using Transcode.Engine.Tuning.Lookahead;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Lookahead;

/// <summary>What is decided about films whose best coding is known.</summary>
public sealed class LookaheadTests
{
    private const int Columns = 16;
    private const int Rows = 9;
    private static readonly LookaheadOptions Options = LookaheadOptions.Named("large-1");

    [Fact]
    public void Film_ThatStandsStill_IsCodedInTheLongestRuns()
    {
        Func<int, int, int> film = Planes.Clouds(1);

        Assert.Equal("IbBbPbBbPbBbPbBbPbBbPbBbP", Types(Plans(25, (_, x, y) => film(x, y))));
    }

    /// <summary>Where all of the first picture is seen in each of the n after it, it is worth about log2(n + 1) doublings, of two steps
    /// each; the window ends 16 pictures and one run further on at most.</summary>
    [Fact]
    public void FirstPicture_OfAFilmThatStandsStill_IsCodedFiner()
    {
        Func<int, int, int> film = Planes.Clouds(1);
        List<PicturePlan> plans = Plans(25, (_, x, y) => film(x, y));

        Assert.All(plans[0].Offsets!, offset => Assert.InRange(offset / -256.0, 2 * Math.Log2(12), 2 * Math.Log2(25)));
        Assert.All(plans[^1].Offsets!, offset => Assert.Equal(0, offset));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(13)]
    public void Shot_BeginsWithAPictureOfItsOwn(int cut)
    {
        Func<int, int, int> before = Planes.Clouds(1), after = Planes.Grain(2);
        string types = Types(Plans(30, (n, x, y) => (n < cut ? before : after)(x, y)));

        Assert.Equal(cut, types.IndexOf('I', 1));
        Assert.Equal(cut, types.LastIndexOf('I'));
    }

    /// <summary>What lies on the left goes away after the third picture; what lies on the right stays.</summary>
    [Fact]
    public void Blocks_ThatLaterPicturesTake_AreCodedFinerThanOthers()
    {
        Func<int, int, int> stays = Planes.Clouds(1);
        List<PicturePlan> plans = Plans(24, (n, x, y) => x < 64 && n >= 3 ? Planes.Clouds(10 + n)(x, y) : stays(x, y));

        int row = Rows / 2 * Columns;
        Assert.All(Enumerable.Range(1, 5), column => Assert.All(
            Enumerable.Range(10, 5), other => Assert.True(plans[0].Offsets![row + column] > plans[0].Offsets![row + other] + 256)));
    }

    /// <summary>Black turns to a picture by steps: no guess is worse than another, and no shot begins.</summary>
    [Fact]
    public void Fade_FromBlack_BeginsNoShot()
    {
        Func<int, int, int> film = Planes.Clouds(1);

        Assert.DoesNotContain('I', Types(Plans(20, (n, x, y) => 16 + (film(x, y) * n / 80)))[1..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(60)]
    public void Plans_AreAsManyAsPictures_AndNoneComesLaterThanTheWindow(int count)
    {
        Func<int, int, int> film = Planes.Clouds(1);
        var lookahead = new Engine.Tuning.Lookahead.Lookahead(Columns, Rows, count, Options);
        int known = 0;
        for (int number = 0; number < count; number++)
        {
            Add(lookahead, (x, y) => film(x + number, y));
            while (lookahead.Next() is not null)
            {
                known++;
            }

            Assert.Equal(number == count - 1 ? count : Math.Max(0, number + 1 - Options.Ahead), known);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(9, 1)]
    public void Picture_OfFewBlocks_IsPlanned(int columns, int rows)
    {
        Func<int, int, int> film = Planes.Clouds(1);
        var lookahead = new Engine.Tuning.Lookahead.Lookahead(columns, rows, 20, Options);
        for (int number = 0; number < 20; number++)
        {
            AnalysisPlane plane = lookahead.Plane();
            Planes.Fill(plane, (x, y) => film(x + (3 * number), y - (5 * number)));
            lookahead.Add(plane);
        }

        Assert.Equal(20, Enumerable.Range(0, 20).Count(_ => lookahead.Next() is not null));
    }

    /// <summary>log2(1 + f) by a parabola is off by less than 0.008.</summary>
    [Fact]
    public void Log2_IsTheLogarithm()
    {
        for (long value = 1; value < 1L << 40; value += 1 + (value / 7))
        {
            Assert.InRange(FixedPoint.Log2(value) / 256.0, Math.Log2(value) - 0.012, Math.Log2(value) + 0.012);
        }
    }

    private static List<PicturePlan> Plans(int count, Func<int, int, int, int> sample)
    {
        var lookahead = new Engine.Tuning.Lookahead.Lookahead(Columns, Rows, count, Options);
        var plans = new List<PicturePlan>();
        for (int number = 0; number < count; number++)
        {
            Add(lookahead, (x, y) => sample(number, x, y));
            while (lookahead.Next() is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans;
    }

    private static void Add(Engine.Tuning.Lookahead.Lookahead lookahead, Func<int, int, int> sample)
    {
        AnalysisPlane plane = lookahead.Plane();
        Planes.Fill(plane, sample);
        lookahead.Add(plane);
    }

    private static string Types(List<PicturePlan> plans) => string.Concat(plans.Select(plan => plan.Type switch
    {
        PictureType.Intra => 'I',
        PictureType.Predicted => 'P',
        _ => plan.Offsets is null ? 'b' : 'B',
    }));
}
