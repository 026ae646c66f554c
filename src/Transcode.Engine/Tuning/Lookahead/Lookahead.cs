namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>Looks at the pictures of one segment before they are coded, once for all rungs of a kind: which are anchors, which lie
/// between these, and how finely each block is worth coding. What pictures cost is judged by transformed differences at a small size.
/// Whole numbers: the same on every machine.</summary>
/// <param name="columns">Blocks across.</param>
/// <param name="rows">Blocks down.</param>
/// <param name="count">Pictures of the segment, at least 1.</param>
/// <param name="options">What to go by.</param>
internal sealed class Lookahead(int columns, int rows, int count, LookaheadOptions options)
{
    /// <summary>The longest run: an anchor and three pictures before it, the middle one of these a reference of the others.</summary>
    private const int LongestRun = 4;

    /// <summary>Pictures from one that begins a shot to the next, at least: a flash is not a shot.</summary>
    private const int ShortestShot = 4;

    /// <summary>Mean cost of a block that can begin a shot: in a fade from black all guesses are equally good.</summary>
    private const int PlainBlock = 16;

    private readonly Stack<AnalysisPlane> spares = [];

    /// <summary>From <see cref="oldest"/> on.</summary>
    private readonly List<LookedAt> pictures = [];
    private int oldest;
    private int decided;
    private int planned;
    private int shot;

    private int Known => oldest + pictures.Count;

    /// <summary>A plane to write the next picture to, whatever is in it.</summary>
    public AnalysisPlane Plane() => spares.TryPop(out AnalysisPlane? spare) ? spare : new(columns, rows);

    /// <summary>Takes the next picture.</summary>
    /// <param name="plane">From <see cref="Plane"/>; it stays this object's.</param>
    public void Add(AnalysisPlane plane)
    {
        plane.Complete();
        pictures.Add(new(Known, plane));
    }

    /// <summary>The next picture's plan, as soon as enough of those after it are known; null before that, and after the last.</summary>
    public PicturePlan? Next()
    {
        if (planned == Known || (Known < count && Known <= planned + options.Ahead))
        {
            return null;
        }

        if (planned == decided)
        {
            Decide();
            Inheritance.Find(pictures[(planned - oldest)..], columns, rows);
        }

        LookedAt picture = At(planned++);
        PicturePlan plan = new(picture.Type!.Value, columns, picture.IsReference ? Offsets(picture) : null);
        Forget();
        return plan;
    }

    private LookedAt At(int number) => pictures[number - oldest];

    /// <summary>As far as is known.</summary>
    private void Decide()
    {
        if (decided == 0)
        {
            At(decided++).BeIntra();
        }

        while (decided < Known && (Known == count || decided + LongestRun <= Known))
        {
            decided += DecideRun(At(decided - 1));
        }
    }

    /// <summary>Decides the pictures up to the next anchor.</summary>
    /// <returns>How many these are.</returns>
    private int DecideRun(LookedAt anchor)
    {
        int left = Known - 1 - anchor.Number;
        LookedAt first = At(anchor.Number + 1);
        if (BeginsShot(first))
        {
            shot = first.Number;
            first.BeIntra();
            return 1;
        }

        if (left < 2 || BeginsShot(At(anchor.Number + 2)) || !IsWorthSkipping(anchor, first, At(anchor.Number + 2)))
        {
            first.BePredicted(anchor);
            return 1;
        }

        LookedAt second = At(anchor.Number + 2);
        if (left < 4 || BeginsShot(At(anchor.Number + 3)) || BeginsShot(At(anchor.Number + 4)) || !IsWorthSkipping(anchor, second, At(anchor.Number + 4)))
        {
            first.BeBetween(anchor, second, isReference: false);
            second.BePredicted(anchor);
            return 2;
        }

        (LookedAt third, LookedAt fourth) = (At(anchor.Number + 3), At(anchor.Number + 4));
        fourth.BePredicted(anchor);
        second.BeBetween(anchor, fourth, isReference: true);
        first.BeBetween(anchor, second, isReference: false);
        third.BeBetween(second, fourth, isReference: false);
        return LongestRun;
    }

    /// <summary>Whether it costs less to take <paramref name="next"/> from <paramref name="anchor"/> and what lies between from both
    /// than to take each from the one before.</summary>
    private bool IsWorthSkipping(LookedAt anchor, LookedAt between, LookedAt next) =>
        Cost(anchor, next) + (between.Between(anchor, next).Costs.Sum(cost => (long)cost) * options.BetweenShare / 256)
        <= Cost(anchor, between) + Cost(between, next);

    /// <summary>Whether a picture has next to nothing of the one before it: taking it from there saves less than a sixteenth.</summary>
    private bool BeginsShot(LookedAt picture)
    {
        long intra = picture.Intra.Sum(cost => (long)cost);
        return picture.Number - shot >= ShortestShot
            && intra > PlainBlock * columns * rows
            && Cost(At(picture.Number - 1), picture) * 16 > intra * 15;
    }

    /// <summary>Of a picture taken from another.</summary>
    private static long Cost(LookedAt from, LookedAt picture)
    {
        MotionField motion = picture.MotionInto(from);
        long sum = 0;
        for (int block = 0; block < picture.Intra.Length; block++)
        {
            sum += Math.Min(motion.Costs[block], picture.Intra[block]);
        }

        return sum;
    }

    private short[] Offsets(LookedAt picture)
    {
        short[] offsets = new short[picture.Intra.Length];
        for (int block = 0; block < offsets.Length; block++)
        {
            int intra = picture.Intra[block];
            long doublings = FixedPoint.Log2(intra + picture.Inherited[block]) - FixedPoint.Log2(intra);
            offsets[block] = (short)Math.Max(short.MinValue, -options.Strength * doublings / FixedPoint.One);
        }

        return offsets;
    }

    /// <summary>The last planned picture may still be an anchor; those before it are done with.</summary>
    private void Forget()
    {
        while (oldest < planned - 1)
        {
            spares.Push(pictures[0].Plane);
            pictures.RemoveAt(0);
            oldest++;
        }
    }
}
