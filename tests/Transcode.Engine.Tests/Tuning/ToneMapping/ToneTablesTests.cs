using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>What tables are built of, beside the runtime's own functions and the standards' numbers.</summary>
public sealed class ToneTablesTests
{
    private const double MostOfAStep = 3.4;

    [Fact]
    public void Functions_BesideTheRuntimes_AreTheSameButForTheLastDigits()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double x = Math.Pow(10, (random.NextDouble() * 20) - 10);
            double exponent = (random.NextDouble() * 4) - 2;
            AreClose(Math.Log(x), Elementary.Log(x), 1e-15);
            AreClose(Math.Exp(exponent * 20), Elementary.Exp(exponent * 20), 1e-13);
            AreClose(Math.Pow(x, exponent), Elementary.Power(x, exponent), 1e-13);
        }

        Assert.Equal(0, Elementary.Power(0, 0.5));
        Assert.Equal(1, Elementary.Power(1, 0.5));
    }

    /// <summary>SMPTE ST 2084 and ITU-R BT.2408 (tables 1 and 2) have these to the digits they print.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5081, 100)]
    [InlineData(0.5807, 203)]
    [InlineData(0.7518, 1000)]
    [InlineData(1, 10_000)]
    public void Pq_OfPublishedLevels_IsWhatIsPublished(double signal, double nits)
    {
        Assert.Equal(signal, Transfer.PqSignal(nits), 4);
        Assert.InRange(Transfer.PqNits(signal), nits * 0.998, nits * 1.002);
        Assert.Equal(nits, Transfer.PqNits(Transfer.PqSignal(nits)), 6);
    }

    /// <summary>BT.2100: a half of HLG's signal is a twelfth of the light; BT.2408: 75 % is diffuse white, 203 cd/m².</summary>
    [Fact]
    public void Hlg_OfPublishedLevels_IsWhatIsPublished()
    {
        Assert.Equal(1.0 / 12, Transfer.HlgScene(0.5), 9);
        Assert.Equal(1, Transfer.HlgScene(1), 6);
        Assert.InRange(1000 * Math.Pow(Transfer.HlgScene(0.75), 1.2), 202, 204);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(4000)]
    [InlineData(10_000)]
    public void Curves_FromBlackToThePeak_RiseToWhiteAndAreTheFormulas(int peak)
    {
        foreach (ToneCurve curve in ToneCurve.All)
        {
            double before = 0;
            for (int i = 1; i <= 1000; i++)
            {
                double nits = ExactToneMap.PqNits(i / 1000.0 * ExactToneMap.PqSignal(peak));
                double light = curve.Light(nits, peak);
                Assert.True(light >= before, $"{curve.Name} falls at {nits} of {peak}");
                Assert.Equal(ExactToneMap.Curve(curve.Name, nits, peak), light, 6);
                before = light;
            }

            Assert.Equal(0, curve.Light(0, peak), 9);
            Assert.Equal(1, before, 6);
            Assert.Equal(1, curve.Light(peak * 2, peak));
            Assert.Equal(0.5, curve.Light(101.5, 203));
        }
    }

    [Fact]
    public void Table_OfAPower_IsItToFiveDigits()
    {
        var table = new OctaveTable(25, x => 131_072 * Math.Pow(x / (1 << 24), 1 / 2.4));
        for (int x = 1; x <= 1 << 24; x += 1 + (x / 997))
        {
            double exact = 131_072 * Math.Pow((double)x / (1 << 24), 1 / 2.4);
            Assert.InRange(table.At(x), (exact * (1 - 5e-5)) - 2, exact + 1);
        }

        Assert.Equal((0, 131_072), (table.At(0), table.At(1 << 24)));
        Assert.Throws<ArgumentException>(() => new OctaveTable(4, x => x * 50_000));
    }

    /// <summary>One pixel in 10000 may be brighter.</summary>
    [Theory]
    [InlineData(0, 301, 203)]
    [InlineData(4, 301, 203)]
    [InlineData(5, 771, 1011)]
    public void Peak_OfAPicture_LeavesSparksOut(int sparks, int signal, int nits)
    {
        long[] counts = new long[ScenePeak.Bins];
        counts[300] = 40_000 - sparks;
        counts[770] = sparks;

        Assert.Equal(signal, ScenePeak.Signal(counts));
        Assert.Equal(nits, ScenePeak.Nits(signal));
        Assert.Equal((203, 10_000), (ScenePeak.Nits(0), ScenePeak.Nits(ScenePeak.Bins - 1)));
    }

    /// <summary>A step of a peak that follows is four 1024ths: no grey changes by more than a hundredth of the signal.</summary>
    [Fact]
    public void Curves_OfPeaksAStepApart_DifferLittle()
    {
        foreach (ToneCurve curve in ToneCurve.All)
        {
            for (int signal = 596; signal <= ScenePeak.Bins - 1; signal += 4)
            {
                (double before, double after) = (ScenePeak.Nits(signal - 4), ScenePeak.Nits(signal));
                double most = Enumerable.Range(0, 200).Select(i => ExactToneMap.PqNits(i / 199.0 * ExactToneMap.PqSignal(after)))
                    .Max(nits => 219 * Math.Abs(Math.Pow(curve.Light(nits, before), 1 / 2.4) - Math.Pow(curve.Light(nits, after), 1 / 2.4)));
                Assert.True(most < MostOfAStep, $"{curve.Name}, {before} to {after}: {most}");
            }
        }
    }

    private static void AreClose(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - (Math.Abs(expected) * tolerance) - 1e-15, expected + (Math.Abs(expected) * tolerance) + 1e-15);
}
