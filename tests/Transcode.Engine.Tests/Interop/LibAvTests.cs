using Transcode.Engine.Interop.LibAv;
using Xunit;

namespace Transcode.Engine.Tests.Interop;

public sealed class LibAvTests
{
    [Fact]
    public void Load_ThisSystem_FindsAFamilyWhoseMajorsAreThoseOfItsTable()
    {
        LibAvLayout layout = LibAv.Load();

        Assert.Same(layout, LibAv.Layout);
        Assert.Equal(
            [layout.AvUtil, layout.AvCodec, layout.AvFormat, layout.AvFilter, layout.SwScale, layout.SwResample],
            LibAv.Versions.Split(", ").Select(version => int.Parse(version.Split(' ')[1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void NotFound_Message_NamesEveryLibraryLookedForAndAWayOut()
    {
        string message = LibAv.NotFound().Message;

        Assert.Contains("9.x: libavutil.so.61 libswresample.so.7 libswscale.so.10 libavcodec.so.63 libavformat.so.63 libavfilter.so.12;", message, StringComparison.Ordinal);
        Assert.Contains("5.x: libavutil.so.57 libswresample.so.4 libswscale.so.6 libavcodec.so.59 libavformat.so.59 libavfilter.so.8.", message, StringComparison.Ordinal);
        Assert.Contains("installing the package ffmpeg brings them", message, StringComparison.Ordinal);
    }

    /// <summary>The table's constants are the libraries' own: asked by name.</summary>
    [Fact]
    public void Constants_OfTheFamily_AreTheLibrariesOwn()
    {
        LibAvLayout layout = LibAv.Load();

        Assert.Equal("yuv420p", AvUtil.PixelFormatName(layout.PixelFormats.Yuv420P));
        Assert.Equal("yuvj420p", AvUtil.PixelFormatName(layout.PixelFormats.YuvJ420P));
        Assert.Equal(AvUtil.AVCOL_SPC_SMPTE170M, AvUtil.av_color_space_from_name("smpte170m"));
        Assert.Equal("h264", NativeMemoryView.Utf8(AvCodec.avcodec_get_name(layout.CodecIds.H264)));
        Assert.Equal("aac", NativeMemoryView.Utf8(AvCodec.avcodec_get_name(layout.CodecIds.Aac)));
    }

    [Fact]
    public void Errors_OfLibav_AreToldInItsWords()
    {
        LibAv.Load();

        Assert.Equal("End of file", AvError.Describe(AvError.EOF));
        Assert.Equal("avformat_open_input: Invalid argument", new AvException(AvError.EINVAL, "avformat_open_input").Message);
        Assert.Equal(7, AvError.ThrowIfNegative(7, "anything"));
        Assert.Equal(AvError.ENOMEM, Assert.Throws<AvException>(() => AvError.ThrowIfNegative(AvError.ENOMEM, "anything")).Code);
    }
}
