using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

public sealed class ReasonsTests
{
    private static readonly CodingPath Nvenc = new(PathDirection.Encode, "h264", 8, "nvenc", "h264_nvenc");
    private static readonly CodingPath Vaapi = new(PathDirection.Encode, "hevc", 10, "vaapi", "hevc_vaapi", "/dev/dri/renderD128");
    private static readonly CodingPath V4l2 = new(PathDirection.Encode, "hevc", 8, "v4l2m2m", "hevc_v4l2m2m");

    /// <summary>What libav 5.1 to 8 log, as in their sources (nvenc.c, vaapi_encode.c).</summary>
    [Theory]
    [InlineData("[h264_nvenc @ 0x1] Driver does not support the required nvenc API version. Required: 12.1 Found: 11.1", "older than this libav wants")]
    [InlineData("[h264_nvenc @ 0x1] No capable devices found", "no encoder for this codec and depth")]
    [InlineData("[h264_nvenc @ 0x1] OpenEncodeSessionEx failed: out of memory (10): (no details)", "no further encoding session")]
    [InlineData("[h264_nvenc @ 0x1] dl_fn->cuda_dl->cuInit(0) failed -> CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected", "no NVIDIA card")]
    public void Of_KnownLine_IsPutInPlainWords(string line, string expected) =>
        Assert.Contains(expected, Reason(Nvenc, line), StringComparison.Ordinal);

    [Fact]
    public void Of_BoxWithARenderNodeThatIsNotThisProcesss_SpeaksOfTheDriver()
    {
        using var box = new RecordedBox(("dev/dri/renderD128", ""));

        Assert.Contains("may not be opened", Reason(Vaapi, "", box), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BoxWithoutVideoNode_SaysSo()
    {
        using var none = new RecordedBox(("dev/null", ""));
        using var camera = new RecordedBox(("dev/video0", ""));

        Assert.Equal("No V4L2 device: there is no /dev/video* on this machine.", Reason(V4l2, "Could not find a valid device", none));
        Assert.Equal("None of this machine's /dev/video* encodes hevc from memory to memory.", Reason(V4l2, "Could not find a valid device", camera));
    }

    [Fact]
    public void Of_UnknownLine_IsHandedOnAsItIs()
    {
        PathResult result = Reasons.Of(Nvenc, new AvException(AvError.EINVAL, "avcodec_open2(h264_nvenc)"), ["something new"], new("/"));

        Assert.Equal("It does not work here: something new.", result.Reason);
        Assert.Contains("avcodec_open2(h264_nvenc)", result.Detail, StringComparison.Ordinal);
    }

    private static string Reason(CodingPath path, string line, RecordedBox? box = null) =>
        Reasons.Of(path, new AvException(AvError.EINVAL, "avcodec_open2"), line.Length > 0 ? [line] : [], new(box?.Root ?? "/")).Reason;
}
