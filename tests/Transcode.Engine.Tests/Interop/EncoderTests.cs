using Transcode.Engine.Interop.LibAv;
using Xunit;

namespace Transcode.Engine.Tests.Interop;

public sealed class EncoderTests
{
    /// <summary>Rungs of a segment come and go at any time: an encoder is opened while another is closed.</summary>
    [Fact]
    public void SvtAv1_OpenedAndClosedByManyAtOnce_OutlivesIt()
    {
        var options = new VideoEncoderOptions(
            "libsvtav1", 64, 64, AvUtil.av_get_pix_fmt("yuv420p"), new AvRational(24, 1), ColorSpace: 1, ColorPrimaries: 1, ColorTransfer: 1,
            [new("preset", "10"), new("svtav1-params", "lp=1")]);
        int opened = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (int i = 0; i < 60; i++)
            {
                using Encoder encoder = Encoder.Open(options);
                Interlocked.Increment(ref opened);
            }
        });

        Assert.Equal(480, opened);
    }
}
