namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>All numbers of a plan's arithmetic, worked out once in double precision and rounded: <see cref="ScalarToneMapper"/> says
/// what is done with them. Light is in 2^-24 of white, shares in 2^-17.</summary>
internal sealed class ToneTables
{
    /// <summary>A signal of 1, as <see cref="Light"/> is asked.</summary>
    public const int SignalOne = 8192;

    /// <summary>White.</summary>
    public const int LightOne = 1 << 24;

    /// <summary>Fraction of shares.</summary>
    public const int ShareBits = 17;

    /// <summary>Fraction of how far out a colour lies.</summary>
    public const int ReachBits = 16;

    /// <summary>How far out at most, as <see cref="Nearer"/> is asked: 2^13 times the way to the edge.</summary>
    public const int MostReachOctaves = 13;

    /// <summary>Of the way from grey to BT.709's edge: what lies within stays as it is.</summary>
    public const double GamutKnee = 0.8;

    /// <summary>Bits of a signal's fraction where it is multiplied by the matrix of BT.709.</summary>
    public const int ShownBits = 14;

    /// <summary>Fraction of <see cref="Shown"/>, of which these are rounded away.</summary>
    public const int ShownSpareBits = 3;

    /// <summary>Fraction of the source's matrix.</summary>
    public const int MatrixBits = 13;

    /// <summary>Fraction of the target's.</summary>
    public const int LumaBits = ShownBits + 7;

    /// <summary>From a signal's 14 bits and the matrix's to 2^-8 of an 8-bit code of colour.</summary>
    public const int ColourShift = 13;

    /// <summary>Fraction of a sum of 32 samples of colour, in 8-bit codes.</summary>
    public const int ColourBits = 13;

    private const int ColourScale = 14336;

    /// <summary>Tables of peaks that are kept, of 4 kB each: all steps that a shot's peak may have.</summary>
    private const int MostGains = 128;

    private const double Kr2020 = 0.2627, Kb2020 = 0.0593, Kr709 = 0.2126, Kb709 = 0.0722;

    private readonly ToneMapPlan plan;

    /// <summary>By what becomes white: a shot's peak comes in steps, so there are few.</summary>
    private readonly Dictionary<int, OctaveTable> gains = [];

    public ToneTables(ToneMapPlan plan)
    {
        this.plan = plan;
        double hlgPeak = Transfer.HlgPeakNits / Transfer.WhiteNits;
        Light = [.. Enumerable.Range(0, SignalOne + 1).Select(i => Round(LightOne * (plan.Transfer == HdrTransfer.Pq
            ? Transfer.PqNits((double)i / SignalOne) / Transfer.WhiteNits
            : hlgPeak * Transfer.HlgScene((double)i / SignalOne))))];
        Gain = GainTo(plan.PeakNits);
        Surround = new(28, light => Share(Elementary.Power(light / LightOne / hlgPeak, Transfer.HlgOotfExponent)));
        Shown = new(25, light => (1 << (ShownBits + ShownSpareBits)) * Transfer.DisplaySignal(light / LightOne) + (light == 0 ? 0 : 1 << (ShownSpareBits - 1)));
        Nearer = new(ReachBits + MostReachOctaves + 1, reach => Share(Nearness(reach / (1 << ReachBits))));
        PqCode = new(31, light => SignalOne * Transfer.PqSignal(light / LightOne * Transfer.WhiteNits));
    }

    /// <summary>Light of a signal; for HLG, that of the scene, as bright as the display's peak.</summary>
    public int[] Light { get; }

    /// <summary>What light is multiplied by where this is the largest of R, G and B.</summary>
    public OctaveTable Gain { get; private set; }

    /// <summary>HLG's OOTF: what scene light of this luminance is multiplied by.</summary>
    public OctaveTable Surround { get; }

    /// <summary>The signal that a standard display shows as this light.</summary>
    public OctaveTable Shown { get; }

    /// <summary>For a colour so many times as far from its grey as the edge is: how much of that distance is left.</summary>
    public OctaveTable Nearer { get; }

    /// <summary>The PQ signal of light, in 8192ths.</summary>
    public OctaveTable PqCode { get; }

    /// <summary>From eighths of codes to a signal in 8192ths: luma's part of R, G and B.</summary>
    public static int SignalLuma { get; } = Round(SignalOne / 876.0 / 8 * (1 << MatrixBits));

    /// <summary>Of Cr: its part of R.</summary>
    public static int SignalRed { get; } = SignalColour(2 * (1 - Kr2020));

    /// <summary>Of Cb: its part of B.</summary>
    public static int SignalBlue { get; } = SignalColour(2 * (1 - Kb2020));

    /// <summary>Of Cr: its part of G.</summary>
    public static int SignalGreenRed { get; } = SignalColour(-2 * (1 - Kr2020) * Kr2020 / (1 - Kr2020 - Kb2020));

    /// <summary>Of Cb: its part of G.</summary>
    public static int SignalGreenBlue { get; } = SignalColour(-2 * (1 - Kb2020) * Kb2020 / (1 - Kr2020 - Kb2020));

    /// <summary>Black's luma, and a half to round by.</summary>
    public static int SignalBias { get; } = (1 << (MatrixBits - 1)) - (8 * 64 * SignalLuma);

    /// <summary>BT.2020's luminance: R's and B's shares; G has the rest.</summary>
    public static (int Red, int Blue) SourceLuminance { get; } = (Share(Kr2020), Share(Kb2020));

    /// <summary>BT.709's.</summary>
    public static (int Red, int Blue) TargetLuminance { get; } = (Share(Kr709), Share(Kb709));

    /// <summary>From BT.2020's primaries to BT.709's (ITU-R BT.2087, inverted), as what each component gains of its difference from
    /// the two others: greys stay to the bit.</summary>
    public static (int Green, int Blue) RedGains { get; } = (Share(0.587641), Share(0.072850));

    /// <inheritdoc cref="RedGains"/>
    public static (int Red, int Blue) GreenGains { get; } = (Share(0.124550), Share(0.008349));

    /// <inheritdoc cref="RedGains"/>
    public static (int Red, int Green) BlueGains { get; } = (Share(0.018151), Share(0.100579));

    /// <summary>Luma of R, G and B in 128ths of an 8-bit code; together 219 codes.</summary>
    public static (int Red, int Green, int Blue) Luma { get; } = LumaOf();

    /// <summary>Cb, before <see cref="ColourShift"/>; greys have none, to the bit.</summary>
    public static (int Red, int Green, int Blue) ColourBlue { get; } = ColourOf(Round(-ColourScale * Kr709 / (1 - Kb709)), ColourScale);

    /// <summary>Cr.</summary>
    public static (int Red, int Green, int Blue) ColourRed { get; } = ColourOf(ColourScale, Round(-ColourScale * Kb709 / (1 - Kr709)));

    public int LargestTarget => (1 << plan.TargetBits) - 1;

    public int LumaShift => LumaBits + 8 - plan.TargetBits;

    public int ColourOutShift => ColourBits + 8 - plan.TargetBits;

    /// <summary>What a sum of luma begins with: black, and a half to round by, or the place's threshold.</summary>
    public int LumaBias(int x, int y) => (16 << LumaBits) + Threshold(x, y, LumaShift);

    /// <summary>What a sum of colour begins with.</summary>
    public int ColourBias(int x, int y) => (128 << ColourBits) + Threshold(x, y, ColourOutShift);

    /// <summary>From now on this becomes white.</summary>
    /// <param name="nits">In cd/m², 1 to 10000; less than diffuse white counts as that.</param>
    /// <returns>Whether <see cref="Gain"/> is another now.</returns>
    public bool SetPeak(int nits)
    {
        OctaveTable wanted = GainTo(nits);
        (OctaveTable before, Gain) = (Gain, wanted);
        return before != wanted;
    }

    private OctaveTable GainTo(int nits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nits, 10_000);
        if (!gains.TryGetValue(nits, out OctaveTable? table))
        {
            if (gains.Count == MostGains)
            {
                gains.Clear();
            }

            gains[nits] = table = new(31, light => Gains(light / LightOne, Math.Max(nits, Transfer.WhiteNits)));
        }

        return table;
    }

    private int Threshold(int x, int y, int shift) =>
        plan.TargetBits == 8 ? ((2 * Scaling.PlanePlan.Bayer(x, y)) + 1) << (shift - 7) : 1 << (shift - 1);

    /// <summary>From the peak on rounded up, by what a straight piece may take away too: white does not waver.</summary>
    private double Gains(double light, double peakNits)
    {
        double nits = light * Transfer.WhiteNits;
        return light == 0 ? 1 << ShareBits
            : nits < peakNits ? Share(plan.Curve.Light(nits, peakNits) / light)
            : Math.Ceiling((1 << ShareBits) / light) + 1;
    }

    /// <summary>Straight to the knee; from there on what is added is weighed less and less, and the edge is never reached.</summary>
    private static double Nearness(double reach)
    {
        double over = reach - GamutKnee;
        return over <= 0 ? 1 : (GamutKnee + (over / (1 + (over / (1 - GamutKnee))))) / reach;
    }

    private static (int Red, int Green, int Blue) LumaOf()
    {
        const int all = 219 << 7;
        (int red, int blue) = (Round(Kr709 * all), Round(Kb709 * all));
        return (red, all - red - blue, blue);
    }

    private static (int Red, int Green, int Blue) ColourOf(int red, int blue) => (red, -red - blue, blue);

    private static int SignalColour(double part) => Round(part * SignalOne / 896 / 8 * (1 << MatrixBits));

    private static int Share(double share) => Round(share * (1 << ShareBits));

    private static int Round(double value) => (int)Math.Floor(value + 0.5);
}
