using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tests.Tuning.Scaling;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>Every way of computing gives the bytes that the arithmetic says, and these are what the formulas say.</summary>
public sealed class ToneMapperTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 1), (1, 2), (3, 5), (17, 33), (64, 6), (513, 9)];

    private static readonly int[] Depths = [8, 10];

    private static readonly ChromaSiting[] Sitings = [ChromaSiting.TopLeft, ChromaSiting.Left];

    public static TheoryData<string, string, string, int> Plans => new(
        from transfer in Enum.GetNames<HdrTransfer>()
        from curve in ToneCurve.All
        from gamut in Enum.GetNames<GamutMapping>()
        from bits in Depths
        select (transfer, curve.Name, gamut, bits));

    [Theory]
    [MemberData(nameof(Plans))]
    public void Picture_AtEveryVectorWidthAndPitch_IsTheScalarOneToTheByte(string transfer, string curve, string gamut, int bits)
    {
        foreach (ChromaSiting siting in Sitings)
        {
            ToneMapPlan plan = Plan(transfer, curve, gamut, bits) with { Siting = siting };
            foreach ((int width, int height) in Sizes)
            {
                IsTheSameAtEveryWidth(plan, width, height);
            }
        }
    }

    [Theory]
    [InlineData(nameof(HdrTransfer.Pq), 8)]
    [InlineData(nameof(HdrTransfer.Hlg), 10)]
    public void LargePicture_AtEveryVectorWidthAndPitch_IsTheScalarOneToTheByte(string transfer, int bits) =>
        IsTheSameAtEveryWidth(Plan(transfer, "bt2390-1", nameof(GamutMapping.Desaturate), bits), 1919, 1079);

    /// <summary>Flat fields of colours from all over BT.2020. A signal is rounded to 8192ths, a ninth of a ten-bit code, of coefficients that
    /// add up to as much again at most: so the result lies between what the formulas say of signals that far apart, give or take the last
    /// rounding and a tenth of a code for tables and matrix. In most colours that is a quarter of a code; where a component comes out
    /// near 0 the display's power is steep, and it is more.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void FlatFields_BesideTheFormulas_AreOffByTheirRoundings(string transfer, string curve, string gamut, int bits)
    {
        ToneMapPlan plan = Plan(transfer, curve, gamut, bits);
        var random = new Random(1);
        int step = 1 << (bits - 8);
        var mapper = ToneMapper.For(plan, 8, PlaneScaler.Widest);
        double sum = 0;
        const int fields = 400;
        for (int i = 0; i < fields; i++)
        {
            int[] codes = Field(random, i);
            double[] expected = ExactToneMap.Codes(plan, codes, new double[3]);
            (double Least, double Most)[] between = ExactToneMap.Between(plan, codes, 1.0 / 8192);
            TestPicture field = TestPicture.Of(8, 8, 0, (plane, _, _) => codes[plane]);
            TestPlane[] shown = [TestPlane.Empty(8, 8, bits, 0), TestPlane.Empty(4, 4, bits, 0), TestPlane.Empty(4, 4, bits, 0)];
            mapper.Map(field.Planes(), new(shown[0].Memory, shown[0].Pitch), new(shown[1].Memory, shown[1].Pitch), new(shown[2].Memory, shown[2].Pitch));
            for (int plane = 0; plane < 3; plane++)
            {
                double slack = bits == 8 ? 1.1 : 0.6;
                Assert.All(shown[plane].Samples(), sample => Assert.True(
                    sample >= (between[plane].Least * step) - slack && sample <= (between[plane].Most * step) + slack,
                    $"{plan}: {string.Join(' ', codes)}, plane {plane}: {sample}, not {expected[plane] * step}"));
                sum += Math.Abs(shown[plane].Samples().Average() - (expected[plane] * step));
            }
        }

        // Rounding alone leaves a quarter of a code; dither, on the mean of a field, next to nothing.
        Assert.InRange(sum / (3 * fields), 0, bits == 8 ? 0.1 : 0.35);
    }

    /// <summary>Greys have no colour, black is black, and what is above the peak is white, whatever the curve; HLG's peak is its last code, where
    /// the straight piece that has the peak in it may take a code's half off.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Greys_FromBlackToThePeak_AreGreyAndRise(string transfer, string curve, string gamut, int bits)
    {
        ToneMapPlan plan = Plan(transfer, curve, gamut, bits);
        TestPicture ramp = TestPicture.Of(1024, 16, 0, (plane, x, _) => plane == 0 ? x : 512).Mapped(plan, PlaneScaler.Widest);
        int step = 1 << (bits - 8);

        Assert.All(ramp.Cb.Samples().Concat(ramp.Cr.Samples()), sample => Assert.Equal(128 * step, sample));
        Assert.Equal(16 * step, ramp.Luma[64, 3]);
        Assert.InRange(ramp.Luma[940, 3], (235 * step) - (plan.Transfer == HdrTransfer.Hlg ? 1 : 0), 235 * step);
        for (int x = 1; x < 1024; x++)
        {
            // The thresholds of the dither repeat every eight columns.
            Assert.True(bits == 8 ? x < 8 || ramp.Luma[x, 0] >= ramp.Luma[x - 8, 0] : ramp.Luma[x, 0] >= ramp.Luma[x - 1, 0]);
        }
    }

    /// <summary>Reds of one luminance, farther and farther out: they stay apart, and of that luminance, where cutting off green and blue
    /// at 0 adds to it. 20 cd/m², which the curve leaves alone; a code of luma is a hundredth of it.</summary>
    [Fact]
    public void Desaturation_OfColoursOutside_KeepsThemApartAndTheirLuminance()
    {
        double[] farther = [1.5, 2, 2.5, 3, 3.5];
        double[][] kept = [.. farther.Select(by => Red(by, GamutMapping.Desaturate))];
        double[][] cut = [.. farther.Select(by => Red(by, GamutMapping.Clip))];

        Assert.All(kept, light => Assert.InRange(Luminance(light) * 203, 19.5, 20.5));
        Assert.True(Luminance(cut[^1]) * 203 > 21);
        for (int i = 1; i < kept.Length; i++)
        {
            Assert.True(kept[i][0] > kept[i - 1][0] && kept[i][1] < kept[i - 1][1] && kept[i][1] > 0);
        }

        static double Luminance(double[] light) => (0.2126 * light[0]) + (0.7152 * light[1]) + (0.0722 * light[2]);
    }

    /// <summary>Light in BT.709 of a red: grey of 20 cd/m², and so many times that of red more, less what keeps its luminance.</summary>
    private static double[] Red(double by, GamutMapping gamut)
    {
        double[] signals = [.. new[] { 1 + (by * (1 - 0.2627)), 1 - (by * 0.2627), 1 - (by * 0.2627) }.Select(light => ExactToneMap.PqSignal(20 * light))];
        double y = (0.2627 * signals[0]) + (0.6780 * signals[1]) + (0.0593 * signals[2]);
        int[] codes = [(int)Math.Round(64 + (876 * y)), (int)Math.Round(512 + (896 * (signals[2] - y) / 1.8814)), (int)Math.Round(512 + (896 * (signals[0] - y) / 1.4746))];
        TestPicture shown = TestPicture.Of(8, 8, 0, (plane, _, _) => codes[plane]).Mapped(Plan(nameof(HdrTransfer.Pq), "mobius-1", gamut.ToString(), 10), PlaneScaler.Widest);
        double luma = (shown.Luma[0, 0] - 64) / 876.0;
        double r = luma + (1.5748 * (shown.Cr[0, 0] - 512) / 896), b = luma + (1.8556 * (shown.Cb[0, 0] - 512) / 896);
        return [.. new[] { r, (luma - (0.2126 * r) - (0.0722 * b)) / 0.7152, b }.Select(signal => Math.Pow(Math.Max(signal, 0), 2.4))];
    }

    [Fact]
    public void Pictures_AsLibavHasThem_AreMappedAndSayWhatTheyAre()
    {
        using var picture = new AvFrame { Width = 16, Height = 8, Format = AvUtil.av_get_pix_fmt("yuv420p10le"), ColorSpace = AvUtil.AVCOL_SPC_BT2020_NCL };
        picture.Allocate();
        for (int plane = 0; plane < 3; plane++)
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(picture.Plane(plane, plane == 0 ? 8 : 4)).Fill(plane == 0 ? (ushort)940 : (ushort)512);
        }

        using var mapped = new AvFrame();
        using var mapper = new PictureToneMapper(Plan(nameof(HdrTransfer.Pq), "mobius-1", nameof(GamutMapping.Clip), 8), picture, PlaneScaler.Widest);
        mapper.Map(picture, mapped);
        long[] counts = new long[ScenePeak.Bins];
        mapper.Count(picture, counts);

        Assert.Equal((16, 8, AvUtil.AVCOL_SPC_BT709, AvUtil.AVCHROMA_LOC_LEFT), (mapped.Width, mapped.Height, mapped.ColorSpace, mapped.ChromaLocation));
        Assert.Equal("yuv420p", AvUtil.PixelFormatName(mapped.Format));
        Assert.Equal((235, 128, 128), (mapped.Plane(0, 8)[0], mapped.Plane(1, 4)[0], mapped.Plane(2, 4)[0]));
        Assert.Equal(16 * 8, counts[^1] + counts[^2]);
        picture.ChromaLocation = AvUtil.AVCHROMA_LOC_BOTTOM;
        Assert.False(PictureToneMapper.Knows("yuv420p10le", ChromaSiting.Of(picture)));
    }

    /// <summary>Colour grows from column to column, so that some stretches of rows have none that moves, some have one, and some have many; at several
    /// brightnesses, in four directions.</summary>
    [Theory]
    [InlineData(nameof(HdrTransfer.Pq))]
    [InlineData(nameof(HdrTransfer.Hlg))]
    public void Colours_FartherAndFartherOut_AreTheScalarOnesToTheByte(string transfer)
    {
        ToneMapPlan plan = Plan(transfer, "bt2390-1", nameof(GamutMapping.Desaturate), 10);
        TestPicture source = TestPicture.Of(2600, 64, 0, (plane, x, y) => plane == 0 ? 64 + (y * 13)
            : 512 + ((plane == 1) == (y % 2 == 0) ? (y % 4 < 2 ? x : -x) / 4 : 0));
        byte[] expected = source.Mapped(plan, LaneWidth.None, gap: 0).Packed();
        foreach (LaneWidth lanes in PlaneScaler.Widths)
        {
            Assert.Equal(expected, source.Mapped(plan, lanes, gap: 0).Packed());
        }

        Assert.NotEqual(expected, source.Mapped(plan with { Gamut = GamutMapping.Clip }, LaneWidth.None, gap: 0).Packed());
    }

    /// <summary>What becomes white may change from picture to picture: each is what a mapper made for it makes.</summary>
    [Fact]
    public void Pictures_OfPeaksOfTheirOwn_AreThoseOfPlansThatSayThem()
    {
        ToneMapPlan plan = Plan(nameof(HdrTransfer.Pq), "bt2390-1", nameof(GamutMapping.Desaturate), 10);
        TestPicture source = TestPicture.Noise(37, 11, 0);
        foreach (LaneWidth lanes in PlaneScaler.Widths.Prepend(LaneWidth.None))
        {
            var mapper = ToneMapper.For(plan, 37, lanes);
            foreach (int nits in new[] { 400, 10_000, 203, 400, 1000 })
            {
                TestPlane[] shown = [TestPlane.Empty(37, 11, 10, 0), TestPlane.Empty(19, 6, 10, 0), TestPlane.Empty(19, 6, 10, 0)];
                mapper.SetPeak(nits);
                mapper.Map(source.Planes(), new(shown[0].Memory, shown[0].Pitch), new(shown[1].Memory, shown[1].Pitch), new(shown[2].Memory, shown[2].Pitch));
                Assert.Equal(source.Mapped(plan with { PeakNits = nits }, LaneWidth.None, gap: 0).Packed(), shown.SelectMany(plane => plane.Packed()));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ToneMapper.For(plan, 37, PlaneScaler.Widest).SetPeak(0));
    }

    /// <summary>Every so many rows, from the first on.</summary>
    [Fact]
    public void Count_OfSomeRows_IsOfThese()
    {
        TestPicture rows = TestPicture.Of(16, 12, 0, (plane, _, y) => plane == 0 ? y % 5 == 0 ? 700 : 100 : 512);
        long[] counts = new long[ScenePeak.Bins];
        ToneMapper.For(Plan(nameof(HdrTransfer.Pq), "mobius-1", nameof(GamutMapping.Clip), 8), 16, PlaneScaler.Widest).Count(rows.Planes(), counts, step: 5);

        Assert.Equal(3 * 16, counts.Sum());
        Assert.Equal(3 * 16, counts[700..].Sum());
    }

    [Fact]
    public void Picture_ThatDoesNotFit_IsRefused()
    {
        ToneMapPlan plan = Plan(nameof(HdrTransfer.Pq), "mobius-1", nameof(GamutMapping.Clip), 8);
        TestPicture source = TestPicture.Noise(16, 8, 0);

        Assert.Throws<ArgumentException>(() => Map(source, 15, 16 * 8));
        Assert.Throws<ArgumentException>(() => Map(source, 16, (16 * 8) - 1));
        Assert.Throws<ArgumentException>(() => Map(TestPicture.Noise(16, 8, 0) with { Cb = TestPlane.Empty(7, 4, 10, 0) }, 16, 16 * 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneMapper.For(plan with { PeakNits = 10_001 }, 16, PlaneScaler.Widest));
        Assert.Throws<NotSupportedException>(() => ToneCurve.Named("hable-1"));

        void Map(TestPicture picture, int width, int bytes) => ToneMapper.For(plan, width, PlaneScaler.Widest).Map(
            picture.Planes(), new(new byte[bytes], 16), new(new byte[8 * 4], 8), new(new byte[8 * 4], 8));
    }

    internal static ToneMapPlan Plan(string transfer, string curve, string gamut, int bits) => new(
        Enum.Parse<HdrTransfer>(transfer), 1000, ToneCurve.Named(curve), Enum.Parse<GamutMapping>(gamut), bits, ChromaSiting.TopLeft);

    private static void IsTheSameAtEveryWidth(ToneMapPlan plan, int width, int height)
    {
        byte[] expected = TestPicture.Noise(width, height, gap: 0).Mapped(plan, LaneWidth.None, gap: 0).Packed();
        TestPicture apart = TestPicture.Noise(width, height, gap: 5);
        long[] counts = Counted(apart, plan, LaneWidth.None);
        foreach (LaneWidth lanes in PlaneScaler.Widths)
        {
            TestPicture mapped = apart.Mapped(plan, lanes);
            Assert.True(expected.AsSpan().SequenceEqual(mapped.Packed()), $"{plan}, {width}×{height}: {lanes}");
            Assert.True(mapped.GapsAreUntouched(), $"{lanes} writes past a row of {width}");
            Assert.Equal(counts, Counted(apart, plan, lanes));
        }
    }

    private static long[] Counted(TestPicture picture, ToneMapPlan plan, LaneWidth lanes)
    {
        long[] counts = new long[ScenePeak.Bins];
        ToneMapper.For(plan, picture.Luma.Width, lanes).Count(picture.Planes(), counts);
        return counts;
    }

    /// <summary>Greys first, then colours that BT.2020 has.</summary>
    private static int[] Field(Random random, int i)
    {
        if (i < 50)
        {
            return [64 + (i * 17), 512, 512];
        }

        // A darker colour may have less colour; R, G and B are drawn, and their code values taken.
        double most = random.NextDouble();
        double r = most * random.NextDouble(), g = most * random.NextDouble(), b = most * random.NextDouble();
        double y = (0.2627 * r) + (0.6780 * g) + (0.0593 * b);
        return [(int)(64 + (876 * y)), (int)(512 + (896 * (b - y) / 1.8814)), (int)(512 + (896 * (r - y) / 1.4746))];
    }
}
