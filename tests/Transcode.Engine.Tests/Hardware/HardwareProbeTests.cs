using System.Collections.Concurrent;
using Transcode.Engine.Hardware;
using Transcode.Engine.Tests.Workers;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

/// <summary>Real paths in real processes.</summary>
public sealed class HardwareProbeTests
{
    private static readonly HardwareProbeOptions Options = new()
    {
        WorkerPath = Pools.Options.WorkerPath,
        WorkerArguments = Pools.Options.WorkerArguments,
        Width = 320,
        Height = 240,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How many at once is found by trying, which takes a machine whole: an encoder of each depth and the quickest decoder; of the others, two
    /// are held against software's below, and the rest is in the long form.</summary>
    [Theory]
    [InlineData("encode,h264,8,software,libx264,")]
    [InlineData("encode,hevc,10,software,libx265,")]
    [InlineData("encode,av1,8,software,libsvtav1,", Explicit = true)]
    [InlineData("decode,h264,8,software,h264,", Explicit = true)]
    [InlineData("decode,hevc,10,software,hevc,", Explicit = true)]
    [InlineData("decode,vp9,8,software,vp9,", Explicit = true)]
    [InlineData("decode,vp9,10,software,vp9,", Explicit = true)]
    [InlineData("decode,mpeg2video,8,software,mpeg2video,")]
    public async Task Try_SoftwarePath_WorksAndIsMeasured(string path)
    {
        var steps = new ConcurrentQueue<string>();
        PathResult result = await new HardwareProbe(Options).TryAsync(CodingPath.Parse(path), steps.Enqueue, Token);

        Assert.True(result.Verdict == PathVerdict.Works, $"{result.Reason} {result.Detail}");
        Assert.Equal((320, 240), (result.Figures!.Width, result.Figures.Height));
        Assert.InRange(result.Figures.Psnr!.Value, 30, 99);
        Assert.InRange(result.Figures.FirstFrameMicroseconds, 1, 60_000_000);
        Assert.True(result.Figures.FramesPerSecond > 0);
        Assert.NotEmpty(result.Figures.Limit);
        Assert.NotNull(result.TriedAt);
        Assert.NotEmpty(steps);
    }

    /// <summary>Another decoder than libav's own stands where a device's would: its pictures are held against the own one's, sample by sample.</summary>
    [Theory]
    [InlineData("decode,vp9,8,stand-in,libvpx-vp9,", Explicit = true)]
    [InlineData("decode,vp9,10,stand-in,libvpx-vp9,")]
    [InlineData("decode,mpeg2video,8,stand-in,mpegvideo,", Explicit = true)]
    [InlineData("decode,av1,8,stand-in,libaom-av1,")]
    public async Task Try_OtherDecoder_IsTheSameToTheSample(string path)
    {
        PathResult result = await new HardwareProbe(Options).TryAsync(CodingPath.Parse(path), _ => { }, Token);

        Assert.True(result.Verdict == PathVerdict.Works, $"{result.Reason} {result.Detail}");
        Assert.StartsWith("Its pictures are software's to the sample", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Figures!.Psnr);
    }

    /// <summary>A decoder of another codec stands where a broken one would.</summary>
    [Theory]
    [InlineData("decode,vp9,8,stand-in,mpeg2video,")]
    [InlineData("decode,mpeg2video,8,stand-in,h264,")]
    public async Task Try_DecoderOfAnotherCodec_Fails(string path)
    {
        PathResult result = await new HardwareProbe(Options).TryAsync(CodingPath.Parse(path), _ => { }, Token);

        Assert.Equal(PathVerdict.Fails, result.Verdict);
        Assert.DoesNotContain("libav has no encoder", result.Reason, StringComparison.Ordinal);
    }

    /// <summary>Every decoder of the codecs that films come in, and nothing here is made in, either works or says why not.</summary>
    [Fact]
    public async Task Try_EveryHardwareDecoderOfForeignCodecs_WorksOrSaysWhyInPlainWords()
    {
        var probe = new HardwareProbe(Options);
        ProbedBox box = await probe.ListAsync(Token);
        var results = new List<PathResult>();
        foreach (CodingPath path in box.Paths.Where(path => path is { Direction: PathDirection.Decode, IsHardware: true, BitDepth: 8, Format: "vp9" or "mpeg2video" }))
        {
            results.Add(await probe.TryAsync(path, _ => { }, Token));
        }

        Assert.Contains(results, result => result.Path.Codec == "vp9_cuvid");
        Assert.Contains(results, result => result.Path.Codec == "mpeg2_cuvid");
        Assert.All(results.Where(result => result.Verdict != PathVerdict.Works), result =>
        {
            Assert.Matches("^[A-Z/].*\\.$", result.Reason);
            Assert.DoesNotMatch("-[0-9]|avcodec_|av_hw|[Uu]nknown error|errno", result.Reason);
        });
    }

    /// <summary>Every encoder libav was built with either works, or says why not so that somebody can do something about it.</summary>
    [Fact]
    public async Task Try_EveryHardwareEncoder_WorksOrSaysWhyInPlainWords()
    {
        var probe = new HardwareProbe(Options);
        ProbedBox box = await probe.ListAsync(Token);
        var results = new List<PathResult>();
        foreach (CodingPath path in box.Paths.Where(path => path is { Direction: PathDirection.Encode, IsHardware: true, BitDepth: 8 }))
        {
            results.Add(await probe.TryAsync(path, _ => { }, Token));
        }

        Assert.NotEmpty(results);
        Assert.All(results.Where(result => result.Verdict != PathVerdict.Works), result =>
        {
            Assert.Matches("^[A-Z/].*\\.$", result.Reason);
            Assert.DoesNotMatch("-[0-9]|avcodec_|av_hw|[Uu]nknown error|errno", result.Reason);
            Assert.False(string.IsNullOrEmpty(result.Detail));
        });
        if (box.Identity.Graphics.Count == 0 && box.Identity.NvidiaDriver is null)
        {
            Assert.Equal("No NVIDIA driver: libcuda.so.1 is not on this machine.", results.First(result => result.Path.Codec == "h264_nvenc").Reason);
            Assert.All(results, result => Assert.Equal(PathVerdict.Fails, result.Verdict));
        }
    }

    [Fact]
    public async Task List_ThisBox_HasTheSameKeyEachTime()
    {
        var probe = new HardwareProbe(Options);

        Assert.Equal((await probe.ListAsync(Token)).Identity.Key, (await probe.ListAsync(Token)).Identity.Key);
    }
}
