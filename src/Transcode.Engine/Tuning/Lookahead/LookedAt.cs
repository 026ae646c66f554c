namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>A picture within the lookahead, and what was found out about it so far.</summary>
internal sealed class LookedAt
{
    private readonly Dictionary<int, MotionField> motion = [];
    private readonly Dictionary<(int Earlier, int Later), (int[] Costs, byte[] Uses)> between = [];

    /// <param name="number">In the segment.</param>
    /// <param name="plane">The picture; its owner stays the caller.</param>
    public LookedAt(int number, AnalysisPlane plane)
    {
        (Number, Plane) = (number, plane);
        Intra = new int[plane.Columns * plane.Rows];
        Inherited = new long[Intra.Length];
        IntraCosts.Find(plane, Intra);
    }

    /// <summary>In the segment.</summary>
    public int Number { get; }

    public AnalysisPlane Plane { get; }

    /// <summary>Costs of its blocks from nothing else.</summary>
    public int[] Intra { get; }

    /// <summary>What later pictures take from each block, directly and by way of others.</summary>
    public long[] Inherited { get; }

    /// <summary>Null while that is not decided.</summary>
    public PictureType? Type { get; private set; }

    /// <summary>Of a decided picture: the earlier one that it is taken from, or null.</summary>
    public LookedAt? Earlier { get; private set; }

    /// <summary>Of a decided picture: the later one that it is taken from, or null.</summary>
    public LookedAt? Later { get; private set; }

    /// <summary>Of a decided picture: whether others are taken from it.</summary>
    public bool IsReference { get; private set; }

    /// <summary>Nothing is taken from elsewhere.</summary>
    public void BeIntra() => (Type, IsReference) = (PictureType.Intra, true);

    public void BePredicted(LookedAt from) => (Type, Earlier, IsReference) = (PictureType.Predicted, from, true);

    public void BeBetween(LookedAt earlier, LookedAt later, bool isReference) =>
        (Type, Earlier, Later, IsReference) = (PictureType.Between, earlier, later, isReference);

    /// <summary>Its motion into another picture, found when first asked for.</summary>
    public MotionField MotionInto(LookedAt other)
    {
        int apart = other.Number - Number;
        if (!motion.TryGetValue(apart, out MotionField? field))
        {
            field = new(Intra.Length);
            (MotionField? hint, int steps) = Hint(apart);
            MotionSearch.Search(Plane, other.Plane, hint, steps, field);
            motion[apart] = field;
        }

        return field;
    }

    /// <summary>Costs of its blocks between two others, found when first asked for, and which of these each block uses.</summary>
    public (int[] Costs, byte[] Uses) Between(LookedAt earlier, LookedAt later)
    {
        if (!between.TryGetValue((earlier.Number, later.Number), out (int[] Costs, byte[] Uses) found))
        {
            found = (new int[Intra.Length], new byte[Intra.Length]);
            BetweenCosts.Find(Plane, earlier.Plane, MotionInto(earlier), later.Plane, MotionInto(later), found.Costs, found.Uses);
            between[(earlier.Number, later.Number)] = found;
        }

        return found;
    }

    /// <summary>Forgets what later pictures take.</summary>
    public void Disinherit() => Array.Clear(Inherited);

    /// <summary>Its motion into the nearest picture on the same side, and how many times as far away the wanted one is.</summary>
    private (MotionField? Field, int Steps) Hint(int apart)
    {
        for (int nearer = Math.Abs(apart) / 2; nearer > 0; nearer /= 2)
        {
            if (motion.TryGetValue(Math.Sign(apart) * nearer, out MotionField? field))
            {
                return (field, Math.Abs(apart) / nearer);
            }
        }

        return (null, 0);
    }
}
