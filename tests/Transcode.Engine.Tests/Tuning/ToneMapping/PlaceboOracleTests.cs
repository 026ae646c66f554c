using System.Buffers.Binary;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

/// <summary>Beside libplacebo, by the ffmpeg program, on Mesa's Vulkan driver for processors (lavapipe).</summary>
public sealed class PlaceboOracleTests
{
    private const int Side = 32;

    private const double BlackNits = Transfer.WhiteNits / 1000;

    private static readonly bool IsThere = Directory.Exists("/usr/share/vulkan/icd.d")
        && Directory.EnumerateFiles("/usr/share/vulkan/icd.d", "lvp_icd*.json").Any();

    /// <summary>Fields of grey, from 0.85 cd/m² to what libplacebo takes for the peak of PQ without metadata. Its knee is asked to lie where BT.2390 has
    /// it, and its white is ours, 203 cd/m². It takes a standard display's black for a thousandth of its white: the EETF then lifts black
    /// (BT.2390, 5.4.1, with the exponent that libplacebo has), and BT.1886 takes that black away again. Both are done here to our curve, whose
    /// black is 0; in darker fields there is hardly anything else. One code is for its rounding, and one for its curve, which is a table of 256
    /// pieces. With the knee where libplacebo has it by itself, fields differ by up to thirty.</summary>
    [Fact]
    public async Task Bt2390_BesideLibplacebo_IsOffByTwoCodesAtMost() =>
        await AreAlikeAsync([.. Enumerable.Range(0, 26).Select(i => 188 + (i * 30))], "bt.2390:tonemapping_param=0.5", LiftedBt2390, most: 2);

    /// <summary>Fields of grey from 10 cd/m² on, where its pivot is asked to lie: below it libplacebo bends the curve down to the display's black, and ours
    /// leaves light as it is. The filter gives ten bits, quarters of a code.</summary>
    [Fact]
    public async Task Spline_BesideLibplacebo_IsOffByHalfACodeAtMost() =>
        await AreAlikeAsync(
            [.. Enumerable.Range(0, 21).Select(i => 338 + (i * 30))],
            FormattableString.Invariant($"spline:tonemapping_param={ExactToneMap.PqSignal(10):F5}"),
            signal => ToneCurve.Spline.Light(ExactToneMap.PqNits(signal), 10_000),
            most: 0.5);

    private static async Task AreAlikeAsync(int[] codes, string curve, Func<double, double> light, double most)
    {
        Assert.SkipUnless(IsThere, "Mesa's Vulkan driver for processors (lavapipe) is not installed.");
        byte[] shown = await FFmpeg.RunAsync(
            $"-init_hw_device vulkan=v:0 -filter_hw_device v -f rawvideo -pix_fmt yuv420p10le -s {Side * codes.Length}x{Side} -i pipe:0 -vf "
            + "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv,hwupload,"
            + $"libplacebo=tonemapping={curve}:tonemapping_mode=max:tonemapping_crosstalk=0:peak_detect=0:gamut_mode=clip:dithering=none:"
            + "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv:format=yuv420p10,hwdownload,format=yuv420p10le -f rawvideo pipe:1",
            Fields(codes));
        for (int i = 0; i < codes.Length; i++)
        {
            int at = ((Side / 2 * Side * codes.Length) + (i * Side) + (Side / 2)) * sizeof(ushort);
            double code = BinaryPrimitives.ReadUInt16LittleEndian(shown.AsSpan(at)) / 4.0;
            double expected = 16 + (219 * Shown(light((codes[i] - 64) / 876.0)));
            TestContext.Current.SendDiagnosticMessage($"{codes[i]}: {code}, {expected:F2}");
            Assert.True(Math.Abs(code - expected) <= most, $"{codes[i]}: {code}, not {expected}");
        }
    }

    /// <summary>Light from 0 to 1 by our curve, black lifted to that of libplacebo's display.</summary>
    private static double LiftedBt2390(double signal)
    {
        double least = ExactToneMap.PqSignal(BlackNits), most = ExactToneMap.PqSignal(Transfer.WhiteNits);
        double bend = Math.Min(1 / least, 4);
        double gain = 1 / (1 + (least / most * Math.Pow(1 - most, bend)));
        double mapped = ExactToneMap.PqSignal(Transfer.WhiteNits * ToneCurve.Bt2390.Light(ExactToneMap.PqNits(signal), 10_000));
        mapped += least * Math.Pow(1 - mapped, bend);
        return ExactToneMap.PqNits((gain * (mapped - least)) + least) / Transfer.WhiteNits;
    }

    /// <summary>The signal on a display with black of its own (BT.1886).</summary>
    private static double Shown(double light)
    {
        double black = Math.Pow(BlackNits / Transfer.WhiteNits, 1 / 2.4);
        return Math.Max(0, (Math.Pow(light, 1 / 2.4) - black) / (1 - black));
    }

    private static byte[] Fields(int[] codes)
    {
        int luma = Side * Side * codes.Length;
        byte[] picture = new byte[luma * 3];
        for (int i = 0; i < luma * 3 / 2; i++)
        {
            int code = i < luma ? codes[i % (Side * codes.Length) / Side] : 512;
            BinaryPrimitives.WriteUInt16LittleEndian(picture.AsSpan(i * sizeof(ushort)), (ushort)code);
        }

        return picture;
    }
}
